import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import type { Me, Site } from '../../server/approvals/approvals.contract.js';
import { useApi } from './api/api.js';
import { codeOf, failureOf } from './api/http.js';
import { ApprovalPage } from './approval/approval-page.js';
import { words } from './text/words.js';
import { AccountContext } from './ui/account.js';
import { Broken } from './ui/broken.js';
import layout from './ui/layout.module.css';
import { TopBar } from './ui/top-bar.js';

const AccessPage = lazy(() => import('./access/access-page.js'));
const HomePage = lazy(() => import('./home/home-page.js'));
const ConnectPage = lazy(() => import('./connect/connect-page.js'));

/** The frame of every page. Its address is read once: going somewhere else is a navigation. */
export function App({ path }: { readonly path: string }) {
  const api = useApi();
  const [me, setMe] = useState<Me | null | undefined>(undefined);
  const [site, setSite] = useState<Site | null>(null);
  useEffect(() => {
    api.account.me().then(setMe, (error) => setMe(codeOf(failureOf(error)) === 'not_signed_in' ? null : undefined));
    api.account.site().then(setSite, () => setSite(null));
  }, [api]);
  return (
    <AccountContext value={me ?? null}>
      <a className={layout.skip} href="#main">
        {words.skip}
      </a>
      <TopBar me={me} isSandbox={site?.isSandbox ?? me?.isSandbox ?? false} path={path} />
      <main id="main">
        <Broken>
          <Suspense fallback={null}>{pageAt(path, site, me)}</Suspense>
        </Broken>
      </main>
    </AccountContext>
  );
}

function pageAt(path: string, site: Site | null, me: Me | null | undefined): ReactNode {
  const [, page, rest] = path.split('/');
  if (page === 'approve') return <ApprovalPage id={decoded(rest ?? '')} />;
  if (page === 'access') return <AccessPage />;
  if (page === 'connect') return <ConnectPage slug={decoded(rest ?? '')} />;
  return <HomePage site={site} organization={me?.organization?.name ?? null} />;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
