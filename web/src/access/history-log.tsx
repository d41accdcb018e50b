import type { GrantItem, GrantPageView } from '../../../server/approvals/access.contract.js';
import { callsMade, subject } from '../text/access-text.js';
import { clientFirst } from '../text/approval-text.js';
import { historyLevel, historyOutcome, historyText } from '../text/history-text.js';
import { shortMoment } from '../text/time.js';
import { Say } from '../ui/drawn.js';
import { State } from '../ui/state.js';
import { Cell, Head, HeadCell, Line, Lines, Table } from './table.js';
import table from './table.module.css';

const COLUMNS = [historyText.asked, historyText.client, historyText.what, historyText.level, historyText.outcome];

/** One page of the history. */
export function Log({ page, caption }: { readonly page: GrantPageView; readonly caption: string }) {
  return (
    <div className={table.log}>
      <Table caption={caption}>
        <Head>
          {COLUMNS.map((name) => (
            <HeadCell key={name}>{name}</HeadCell>
          ))}
          <HeadCell className={table.num}>{historyText.calls}</HeadCell>
        </Head>
        <Lines>
          {page.items.map((grant) => (
            <Entry key={grant.id} grant={grant} now={page.now} />
          ))}
        </Lines>
      </Table>
    </div>
  );
}

function Entry({ grant, now }: { readonly grant: GrantItem; readonly now: number }) {
  const { tone, icon, text } = historyOutcome(grant);
  return (
    <Line>
      <Cell className={table.num}>{shortMoment(grant.askedAt, now)}</Cell>
      <Cell>
        <Say phrase={[clientFirst(grant.client)]} />
      </Cell>
      <Cell>
        <a className={table.what} href={`/approve/${grant.id}`}>
          <Say phrase={subject(grant)} />
        </a>
      </Cell>
      <Cell>{historyLevel(grant)}</Cell>
      <Cell>
        <State tone={tone} icon={icon}>
          {text}
        </State>
      </Cell>
      <Cell className={table.num} label={historyText.calls}>
        {callsMade(grant)}
      </Cell>
    </Line>
  );
}
