import type { Approval } from '../../../server/approvals/approvals.contract.js';
import { askText } from '../text/approval-text.js';
import { ChoiceRow } from '../ui/sheet.js';
import type { Draft, DraftProblems } from './draft.js';
import { CallsRow, LevelRow, TimeRow } from './narrowing.js';
import type { Provider } from './provider-item.js';
import { ProviderList } from './provider-list.js';

interface BroadProps {
  readonly broad: NonNullable<Approval['broad']>;
  readonly draft: Draft;
  readonly isBusy: boolean;
  readonly problems: DraftProblems;
  onChange(patch: Partial<Draft>): void;
  onConnect(provider: Provider): void;
}

/** What may be narrowed. Where writing was asked, the level comes first: it says what the providers mean. */
export default function BroadRows({ broad, draft, isBusy, problems, onChange, onConnect }: BroadProps) {
  const isWrite = broad.requested.level === 'write';
  const narrowing = { broad, draft, isBusy, onChange };
  return (
    <>
      {isWrite && <LevelRow {...narrowing} />}
      <ChoiceRow label={draft.level === 'write' ? askText.mayUse : askText.mayRead}>
        <ProviderList
          providers={broad.providers}
          chosen={draft.providers}
          level={draft.level}
          isBusy={isBusy}
          onChoose={(providers) => onChange({ providers })}
          onConnect={onConnect}
        />
      </ChoiceRow>
      {!isWrite && <LevelRow {...narrowing} />}
      <TimeRow {...narrowing} />
      <CallsRow {...narrowing} isWrong={problems.callsOutOfRange} />
    </>
  );
}
