import { useState } from 'react';
import type { Integrations } from '../../../server/approvals/access.contract.js';
import { useApi } from '../api/api.js';
import { useLoaded } from '../api/use-loaded.js';
import { accessText, connectedSince, disconnectConsequence, disconnectQuestion, reaches } from '../text/access-text.js';
import { plain } from '../text/phrase.js';
import { words } from '../text/words.js';
import { Button } from '../ui/button.js';
import { Card, CardHead } from '../ui/card.js';
import { Connected, MissingScopes } from '../ui/connected.js';
import { Dialog, DialogActions } from '../ui/dialog.js';
import { Foreign, Say } from '../ui/drawn.js';
import layout from '../ui/layout.module.css';
import { Notice } from '../ui/notice.js';
import { Scopes } from '../ui/scopes.js';
import { State } from '../ui/state.js';
import { Tile } from '../ui/tile.js';
import css from './access.module.css';
import { ListNotLoaded } from './list-not-loaded.js';
import { useChange } from './use-change.js';

type Integration = Integrations['items'][number];

/** The person's own accounts at the providers that the organization has switched on. */
export function Connections() {
  const api = useApi();
  const loaded = useLoaded(api.integrations.list);
  if (loaded.at === 'failed') return <ListNotLoaded failure={loaded.failure} onRetry={loaded.reload} />;
  if (loaded.at !== 'ready') return null;
  if (loaded.value.length === 0) return <p className={css.empty}>{accessText.emptyConnections}</p>;
  return loaded.value.map((integration) => (
    <ConnectionCard key={integration.slug} integration={integration} onChanged={loaded.reload} />
  ));
}

function ConnectionCard({ integration, onChanged }: { readonly integration: Integration; onChanged(): void }) {
  const api = useApi();
  const { isSending, trouble, run } = useChange();
  const [isAsking, setAsking] = useState(false);
  const { slug, name, state, scopes, missingScopes, providers } = integration;
  const connect = () =>
    run(async (csrfToken) => api.goTo(await api.integrations.connect(csrfToken, slug, '/access#connections')));
  const disconnect = () =>
    run(async (csrfToken) => {
      await api.integrations.disconnect(csrfToken, slug);
      setAsking(false);
      onChanged();
    });
  const isLinked = state !== 'not_connected';
  const notice = trouble && (
    <Notice tone="danger" title={trouble.title}>
      {trouble.body}
    </Notice>
  );
  return (
    <Card>
      <CardHead hasTile>
        <Tile name={name} icon={integration.icon} />
        <div className={layout.stackSmall}>
          <h2>
            <Foreign text={name} />
          </h2>
          <p>
            <Standing integration={integration} />
          </p>
          <p className={layout.hint}>{hintOf(integration)}</p>
          {isLinked && <Scopes label={accessText.scopes} scopes={scopes} />}
          <MissingScopes missingScopes={missingScopes} />
          {providers.length > 1 && (
            <p className={layout.hint}>
              <Say phrase={reaches(providers)} />
            </p>
          )}
          {providers.length === 0 && <p className={layout.hint}>{accessText.notCallable}</p>}
          {!isAsking && notice}
        </div>
        <div className={layout.actions}>
          <Button look="small" isInert={isSending} onClick={connect}>
            {isLinked ? words.reconnect : words.connect}
            <span className={layout.unseen}> {name}</span>
          </Button>
          {isLinked && (
            <Button look="smallRevoke" isInert={isSending} onClick={() => setAsking(true)}>
              {words.disconnect}
              <span className={layout.unseen}> {name}</span>
            </Button>
          )}
        </div>
      </CardHead>
      {isAsking && (
        <Dialog title={plain(disconnectQuestion(name))} onClose={() => setAsking(false)}>
          <p>{disconnectConsequence}</p>
          {notice}
          <DialogActions>
            <Button onClick={() => setAsking(false)}>{accessText.keepConnected}</Button>
            <Button look="revoke" icon="cross" isInert={isSending} onClick={disconnect}>
              {isSending ? words.sending : words.disconnect}
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </Card>
  );
}

function Standing({ integration: { state, missingScopes } }: { readonly integration: Integration }) {
  switch (state) {
    case 'connected':
      return <Connected missingScopes={missingScopes} />;
    case 'needs_reauthorization':
      return (
        <State tone="write" icon="danger">
          {words.needsReconnect}
        </State>
      );
    case 'not_connected':
      return (
        <State tone="plain" icon="link">
          {words.notConnected}
        </State>
      );
  }
}

function hintOf(integration: Integration): string | null {
  if (integration.state === 'not_connected') return accessText.notConnectedHint;
  if (integration.state === 'needs_reauthorization') return accessText.reconnectHint;
  return connectedSince(integration, Date.now());
}
