import { useRef } from 'react';
import type { GrantItem } from '../../../server/approvals/access.contract.js';
import { useApi } from '../api/api.js';
import { accessText, approvedLine, callsLeft, callsMade, shortUrl, subject } from '../text/access-text.js';
import { remaining } from '../text/amounts.js';
import { callResult } from '../text/history-text.js';
import { clock } from '../text/time.js';
import { words } from '../text/words.js';
import { Badges, Tag } from '../ui/badge.js';
import { Button } from '../ui/button.js';
import { Card, CardHead } from '../ui/card.js';
import { Drawn, Say } from '../ui/drawn.js';
import layout from '../ui/layout.module.css';
import { Notice } from '../ui/notice.js';
import { State } from '../ui/state.js';
import css from './access.module.css';
import { Cell, Head, HeadCell, Line, Lines, Table } from './table.js';
import table from './table.module.css';
import { useChange } from './use-change.js';

interface CardProps {
  readonly grant: GrantItem;
  readonly now: number;
  readonly isEnded: boolean;
  onEnded(): void;
}

export function GrantCard({ grant, now, isEnded, onEnded }: CardProps) {
  const api = useApi();
  const { isSending, trouble, run } = useChange();
  const heading = useRef<HTMLHeadingElement>(null);
  return (
    <Card>
      <CardHead>
        <div className={layout.stackSmall}>
          <Badges level={grant.level} isBoth={grant.kind === 'broad'} isDestructive={grant.isDestructive}>
            {grant.kind === 'request' && <Tag>{words.exactCall}</Tag>}
          </Badges>
          <h3 ref={heading} tabIndex={-1}>
            <Say phrase={subject(grant)} />
          </h3>
          <p className={layout.hint}>{approvedLine(grant, now)}</p>
        </div>
        {isEnded ? (
          <State tone="plain" icon="cross">
            {accessText.justRevoked}
          </State>
        ) : (
          <Button
            look="smallRevoke"
            icon="cross"
            isInert={isSending}
            onClick={() =>
              run(async (csrfToken) => {
                await api.grants.revoke(csrfToken, { id: grant.id });
                // The button that had the focus goes away.
                heading.current?.focus();
                onEnded();
              })
            }
          >
            {isSending ? words.sending : words.revoke}
          </Button>
        )}
      </CardHead>
      {trouble && (
        <Notice tone="danger" title={trouble.title}>
          {trouble.body}
        </Notice>
      )}
      <Meter grant={grant} now={now} isEnded={isEnded} />
      {grant.lastCalls.length > 0 && <LastCalls calls={grant.lastCalls} />}
    </Card>
  );
}

/** What is left of a grant. Of one that was revoked nothing is, so only what it was used for is told. */
function Meter({ grant, now, isEnded }: Omit<CardProps, 'onEnded'>) {
  const { left, of } = callsLeft(grant);
  return (
    <dl className={css.meter}>
      {!isEnded && (
        <div>
          <dt>{accessText.timeLeft}</dt>
          <dd>
            <time>{remaining((grant.expiresAt ?? now) - now)}</time>
          </dd>
        </div>
      )}
      <div>
        <dt>{accessText.callsMade}</dt>
        <dd>{callsMade(grant)}</dd>
      </div>
      {!isEnded && (
        <div>
          <dt>{accessText.callsLeft}</dt>
          <dd>
            {left} {of && <small>{of}</small>}
          </dd>
        </div>
      )}
    </dl>
  );
}

function LastCalls({ calls }: { readonly calls: GrantItem['lastCalls'] }) {
  return (
    <div className={table.calls}>
      <Table caption={accessText.lastCalls}>
        <Head>
          <HeadCell className={table.at}>{accessText.at}</HeadCell>
          <HeadCell>{accessText.call}</HeadCell>
          <HeadCell className={table.result}>{accessText.result}</HeadCell>
        </Head>
        <Lines>
          {calls.map((call) => {
            const { tone, icon, text } = callResult(call);
            return (
              <Line key={`${call.at} ${call.url}`}>
                <Cell className={table.num}>
                  <time>{clock(call.at)}</time>
                </Cell>
                <Cell>
                  <code>
                    {call.method} <Drawn text={shortUrl(call.url)} />
                  </code>
                </Cell>
                <Cell>
                  <State tone={tone} icon={icon}>
                    {text}
                  </State>
                </Cell>
              </Line>
            );
          })}
        </Lines>
      </Table>
    </div>
  );
}
