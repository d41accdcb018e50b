import { useCallback, useEffect, useRef, useState } from 'react';
import type { EndedGrants, GrantPageView } from '../../../server/approvals/access.contract.js';
import { useApi } from '../api/api.js';
import { listPages } from '../api/grants.js';
import { type Loaded, useLoaded } from '../api/use-loaded.js';
import { accessText, endedAll, howMany, type RevokeCount } from '../text/access-text.js';
import { Tag } from '../ui/badge.js';
import layout from '../ui/layout.module.css';
import { SignInShell, useTitle } from '../ui/shells.js';
import { State } from '../ui/state.js';
import css from './access.module.css';
import { Connections } from './connections.js';
import { History } from './history.js';
import { Live } from './live.js';
import { RevokeAllButton } from './revoke-all.js';
import { Waiting } from './waiting.js';

const TABS = ['live', 'waiting', 'history', 'connections'] as const;
type Tab = (typeof TABS)[number];

const REFRESH_MS = 5000;

/** `/access`: what was granted, and the way to end it. The tab is the fragment of the address. */
export default function AccessPage() {
  const api = useApi();
  const [tab, setTab] = useState(tabOfAddress);
  const [pages, setPages] = useState(1);
  const [said, setSaid] = useState('');
  const heading = useRef<HTMLHeadingElement>(null);
  const loadLive = useCallback(() => listPages(api.grants, 'active', pages), [api, pages]);
  const loadWaiting = useCallback(() => api.grants.list('pending'), [api]);
  const live = useLoaded(loadLive, REFRESH_MS);
  const waiting = useLoaded(loadWaiting, REFRESH_MS);
  useTitle(accessText.windowTitle);
  useEffect(() => {
    const follow = () => {
      setTab(tabOfAddress());
      setSaid('');
    };
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);

  if (live.at === 'signed-out') return <SignInShell text={accessText.signIn} returnTo={`/access#${tab}`} />;
  const liveItems = live.at === 'ready' ? live.value.items : [];
  const counts: Partial<Record<Tab, string>> = {
    ...(live.at === 'ready' && { live: howMany(live.value) }),
    ...(waiting.at === 'ready' && { waiting: howMany(waiting.value) }),
  };
  const reload = () => {
    live.reload();
    waiting.reload();
  };
  const allEnded = (ended: EndedGrants) => {
    setSaid(endedAll(ended));
    heading.current?.focus();
    reload();
  };
  return (
    <div className={layout.wide}>
      <div className={css.head}>
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {accessText.title}
          </h1>
          <p className={layout.quiet}>{accessText.lede}</p>
        </div>
        {tab === 'live' && liveItems.length > 0 && (
          <RevokeAllButton client={null} count={revokeCount(live, waiting)} onRevoked={allEnded} />
        )}
      </div>
      <output className={css.said}>
        {said !== '' && (
          <State tone="ok" icon="check">
            {said}
          </State>
        )}
      </output>
      <nav className={css.tabs} aria-label={accessText.tabs}>
        {TABS.map((name) => (
          <a key={name} href={`#${name}`} aria-current={name === tab ? 'page' : undefined}>
            {accessText[name]} {counts[name] !== undefined && <Tag>{counts[name]}</Tag>}
          </a>
        ))}
      </nav>
      {tab === 'live' && (
        <Live
          loaded={live}
          waiting={waiting}
          onChanged={reload}
          onAllEnded={allEnded}
          onMore={() => setPages(pages + 1)}
        />
      )}
      {tab === 'waiting' && <Waiting loaded={waiting} />}
      {tab === 'history' && <History />}
      {tab === 'connections' && <Connections />}
    </div>
  );
}

function revokeCount(live: Loaded<GrantPageView>, waiting: Loaded<GrantPageView>): RevokeCount | null {
  const totals = [live, waiting].map((loaded) => (loaded.at === 'ready' ? loaded.value.total : null));
  const [liveTotal = null, waitingTotal = null] = totals;
  return liveTotal === null || waitingTotal === null ? null : { live: liveTotal, waiting: waitingTotal };
}

function tabOfAddress(): Tab {
  const named = window.location.hash.slice(1);
  return TABS.find((tab) => tab === named) ?? 'live';
}
