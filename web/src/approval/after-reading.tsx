import type { ApprovalState } from './approval-state.js';
import { Changed } from './changed.js';
import { NotFound, OtherOrganization } from './closed-doors.js';
import { Outcome } from './outcome.js';

interface AfterProps {
  readonly state: Extract<ApprovalState, { at: 'settled' | 'changed' | 'not-found' | 'org-mismatch' }>;
  readonly returnTo: string;
  /** What the person had typed. */
  readonly note: string;
  readonly csrfToken: string | null;
  onShow(): void;
  onRevoked(): void;
}

/** The pages on which nothing is decided. They are loaded on demand, so that the request itself comes quickly. */
export default function AfterReading({ state, returnTo, note, csrfToken, onShow, onRevoked }: AfterProps) {
  switch (state.at) {
    case 'settled': {
      const wasSent = !state.isNew || (state.approval.decision?.note ?? '') === note;
      return (
        <Outcome
          approval={state.approval}
          isElsewhere={state.isElsewhere}
          isNew={state.isNew}
          unsentNote={wasSent ? '' : note}
          csrfToken={csrfToken}
          onRevoked={onRevoked}
        />
      );
    }
    case 'changed':
      return <Changed before={state.before} after={state.approval} onShow={onShow} />;
    case 'not-found':
      return <NotFound returnTo={returnTo} />;
    case 'org-mismatch':
      return <OtherOrganization organization={state.organization} returnTo={returnTo} />;
  }
}
