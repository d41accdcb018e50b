import { useState } from 'react';
import type { Site } from '../../../server/approvals/approvals.contract.js';
import { type ClientSetup, clientSetups, copyLabel, homeLede, homeText } from '../text/home-text.js';
import { words } from '../text/words.js';
import { Button } from '../ui/button.js';
import { Say } from '../ui/drawn.js';
import { Icon } from '../ui/icon.js';
import layout from '../ui/layout.module.css';
import { useTitle } from '../ui/shells.js';
import css from './home.module.css';

/** `/`: what this is and how to connect an assistant. It works signed out. */
export default function HomePage({
  site,
  organization,
}: {
  readonly site: Site | null;
  readonly organization: string | null;
}) {
  useTitle(homeText.windowTitle);
  return (
    <div className={css.home}>
      <h1>{homeText.title}</h1>
      <p className={css.lede}>
        <Say phrase={homeLede(organization)} />
      </p>
      <section>
        <h2>{homeText.howItWorks}</h2>
        <ol className={css.steps}>
          {homeText.steps.map(([title, body]) => (
            <li key={title}>
              <p>
                <b>{title}</b>
                {body}
              </p>
            </li>
          ))}
        </ol>
      </section>
      {site && (
        <section>
          <h2>{homeText.connect}</h2>
          <p className={layout.quiet}>
            {homeText.address}
            <code>{site.mcpUrl}</code>
          </p>
          {clientSetups(site.mcpUrl).map((setup) => (
            <Setup key={setup.client} setup={setup} />
          ))}
        </section>
      )}
      <section>
        <h2>{homeText.rely}</h2>
        <ul className={css.promises}>
          {homeText.promises.map((promise) => (
            <li key={promise}>
              <Icon name="check" isSmall />
              <span>{promise}</span>
            </li>
          ))}
          <li>
            <Icon name="check" isSmall />
            <span>
              {homeText.endAll}
              <a href="/access">{words.myAccess}</a>
              {homeText.endAllAfter}
            </span>
          </li>
        </ul>
      </section>
    </div>
  );
}

function Setup({ setup: { client, remark, command } }: { readonly setup: ClientSetup }) {
  const [isCopied, setCopied] = useState(false);
  // A browser that has no clipboard here, or is told not to share it, leaves the command to be selected by hand.
  const copy = async () => {
    const isDone = await navigator.clipboard?.writeText(command).then(
      () => true,
      () => false,
    );
    setCopied(isDone === true);
  };
  return (
    <div className={css.command}>
      <div>
        <h3>
          {client} {remark && <span>{remark}</span>}
        </h3>
        <Button look="small" onClick={() => void copy()}>
          {isCopied ? words.copied : words.copy}
          <span className={layout.unseen}>{copyLabel(client)}</span>
        </Button>
      </div>
      <pre>
        <code>{command}</code>
      </pre>
    </div>
  );
}
