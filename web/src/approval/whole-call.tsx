import { useState } from 'react';
import { askText } from '../text/approval-text.js';
import { addressOf, addressSize, bodySize, callText } from '../text/call-text.js';
import { words } from '../text/words.js';
import { cx } from '../ui/cx.js';
import { Drawn } from '../ui/drawn.js';
import layout from '../ui/layout.module.css';
import { Row } from '../ui/sheet.js';
import { State } from '../ui/state.js';
import { BodyPart } from './body-part.js';
import css from './call.module.css';
import { type ExactCall, hasLongAddress } from './call-parts.js';
import { ScrollRegion } from './scroll-region.js';
import type { Seen } from './use-seen.js';

/** What will be sent, in the order in which it is sent, and nothing cut. */
export function WholeCall({ call, seen }: { readonly call: ExactCall; readonly seen: Seen }) {
  const [shares, setShares] = useState<Readonly<Record<string, number>>>({});
  const progress = Math.min(1, ...Object.values(shares));
  const report = (part: string) => (share: number) =>
    setShares((before) => ({ ...before, [part]: Math.max(share, before[part] ?? 0) }));
  return (
    <Row label={callText.whole} isWhole>
      <div className={css.call}>
        <Part name={callText.method}>
          <code className={css.strong}>{call.method}</code>
        </Part>
        <Part name={callText.host}>
          <code className={css.strong}>
            <Drawn text={call.host} />
          </code>
        </Part>
        <Address call={call} seen={seen} onProgress={report('address')} />
        <Part name={callText.headers}>
          <Headers call={call} />
        </Part>
        <BodyPart body={call.body} endRef={seen.endOf('body')} onProgress={report('body')} />
        <div className={css.seen}>
          <span className={cx(layout.quiet, layout.num)}>{bodySize(call)}</span>
          <span>
            <output>
              {seen.isAll ? (
                <State tone="ok" icon="check">
                  {callText.seen}
                </State>
              ) : (
                <State tone="write" icon="info">
                  {askText.unseen}
                </State>
              )}
            </output>
            {!seen.isAll && Object.keys(shares).length > 0 && (
              <progress max={100} value={Math.round(progress * 100)} aria-label={callText.seenSoFar} />
            )}
          </span>
        </div>
        <div className={css.end} ref={seen.endOf('call')} />
      </div>
    </Row>
  );
}

function Part({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div className={css.part}>
      <h3>{name}</h3>
      <div>{children}</div>
    </div>
  );
}

function Address({
  call,
  seen,
  onProgress,
}: {
  readonly call: ExactCall;
  readonly seen: Seen;
  onProgress(share: number): void;
}) {
  if (hasLongAddress(call)) {
    return (
      <>
        <div className={css.bar}>
          <h3>{addressSize(call)}</h3>
        </div>
        <ScrollRegion name={callText.addressRegion} isShort endRef={seen.endOf('address')} onProgress={onProgress}>
          <code>
            <Drawn text={addressOf(call)} />
          </code>
        </ScrollRegion>
      </>
    );
  }
  return (
    <>
      <Part name={callText.path}>
        <code>
          <Drawn text={call.path} />
        </code>
      </Part>
      <Part name={callText.query}>
        {call.query === '' ? (
          <span className={cx(layout.quiet, layout.small)}>{words.none}</span>
        ) : (
          <code>
            <Drawn text={call.query} />
          </code>
        )}
      </Part>
    </>
  );
}

function Headers({ call }: { readonly call: ExactCall }) {
  return (
    <dl className={css.headers}>
      {call.headers.map(({ name, value }) => (
        <div key={name}>
          <dt>
            <Drawn text={name} />
          </dt>
          <dd>
            <Drawn text={value} lines="mark" />
          </dd>
        </div>
      ))}
      <div>
        <dt>{call.credentialHeader}</dt>
        <dd className={css.own}>{callText.ours}</dd>
      </div>
    </dl>
  );
}
