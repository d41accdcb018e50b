import { useEffect, useState } from 'react';
import { useApi } from '../api/api.js';
import { useLoaded } from '../api/use-loaded.js';
import { accessText } from '../text/access-text.js';
import { Tag } from '../ui/badge.js';
import layout from '../ui/layout.module.css';
import { SignInShell, useTitle } from '../ui/shells.js';
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
  const [loads] = useState(() => ({
    live: () => api.grants.list('active'),
    waiting: () => api.grants.list('pending'),
  }));
  const live = useLoaded(loads.live, REFRESH_MS);
  const waiting = useLoaded(loads.waiting, REFRESH_MS);
  useTitle(accessText.windowTitle);
  useEffect(() => {
    const follow = () => setTab(tabOfAddress());
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);

  if (live.at === 'signed-out') return <SignInShell text={accessText.signIn} returnTo="/access" />;
  const counts: Partial<Record<Tab, number>> = {
    ...(live.at === 'ready' && { live: live.value.items.length }),
    ...(waiting.at === 'ready' && { waiting: waiting.value.items.length }),
  };
  return (
    <div className={layout.wide}>
      <div className={css.head}>
        <div>
          <h1>{accessText.title}</h1>
          <p className={layout.quiet}>{accessText.lede}</p>
        </div>
        {tab === 'live' && live.at === 'ready' && live.value.items.length > 0 && (
          <RevokeAllButton client={null} live={live.value.items.length} onRevoked={live.reload} />
        )}
      </div>
      <nav className={css.tabs} aria-label={accessText.tabs}>
        {TABS.map((name) => (
          <a key={name} href={`#${name}`} aria-current={name === tab ? 'page' : undefined}>
            {accessText[name]} {counts[name] !== undefined && <Tag>{counts[name]}</Tag>}
          </a>
        ))}
      </nav>
      {tab === 'live' && <Live loaded={live} />}
      {tab === 'waiting' && <Waiting loaded={waiting} />}
      {tab === 'history' && <History />}
      {tab === 'connections' && <Connections />}
    </div>
  );
}

function tabOfAddress(): Tab {
  const named = window.location.hash.slice(1);
  return TABS.find((tab) => tab === named) ?? 'live';
}
