import type { Approval } from '../../../server/approvals/approvals.contract.js';
import { actingAs, askText, clientFirst } from '../text/approval-text.js';
import { moment, shortMoment } from '../text/time.js';
import { words } from '../text/words.js';
import { Tag } from '../ui/badge.js';
import { Foreign, Say } from '../ui/drawn.js';
import layout from '../ui/layout.module.css';
import { Facts, Row } from '../ui/sheet.js';
import css from './words.module.css';

/** Who asks, with everything about it that was verified and what was not. */
export function AskedByRow({ approval }: { readonly approval: Approval }) {
  const { client, askedAt, sessionStartedAt, now } = approval;
  return (
    <Row label={askText.askedBy}>
      <p className={layout.lead}>
        <Say phrase={[clientFirst(client)]} /> {client.name !== null && <Tag>{words.notVerified}</Tag>}
      </p>
      <Facts
        of={[
          [askText.clientId, <code key="id">{<Foreign text={client.id} />}</code>],
          [askText.asked, <time key="at">{moment(askedAt, now)}</time>],
          [askText.signedIn, `${shortMoment(sessionStartedAt, now)}, ${askText.withThisAccount}`],
        ]}
      />
      {client.name !== null && <p className={layout.hint}>{askText.nameHint}</p>}
    </Row>
  );
}

/** Whose account the call uses. */
export function ActsAs({ account }: { readonly account: Approval['account'] }) {
  return (
    <p>
      <Say phrase={actingAs(account)} />
    </p>
  );
}

/** The assistant's own words, which never look like ours. */
export function ReasonRow({ reason }: { readonly reason: string }) {
  return <Row label={askText.reason}>{reason === '' ? <p>{askText.noReason}</p> : <OwnWords text={reason} />}</Row>;
}

function OwnWords({ text }: { readonly text: string }) {
  return (
    <>
      <div className={css.words}>
        <p className={layout.hint}>{askText.ownWords}</p>
        <blockquote dir="auto">
          <Foreign text={text} lines="keep" />
        </blockquote>
      </div>
      <p className={layout.hint}>{askText.reasonHint}</p>
    </>
  );
}
