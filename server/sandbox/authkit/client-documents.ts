import type { SandboxSettings } from '../settings.js';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether a client's own metadata document may be read: nothing that a client names makes the sandbox reach out of this machine. */
export function mayReadClientDocument(settings: SandboxSettings, clientId: string): boolean {
  return settings.clientIdMetadataDocuments && LOOPBACK.has(new URL(clientId).hostname);
}

/** oidc-provider cuts connections to special addresses, loopback among them: that holds for everything but those documents. */
export function documentFetch(settings: SandboxSettings): typeof fetch {
  return (input, options) => {
    const url = input instanceof Request ? input.url : String(input);
    return fetch(input, mayReadClientDocument(settings, url) ? { ...options, dispatcher: undefined } : options);
  };
}
