import express, { type Express, type NextFunction, type Request, type Response, Router } from 'express';
import type { Provider } from 'oidc-provider';
import type { Authenticate } from './api/authenticate.js';
import { strike } from './api/faulty-answer.js';
import { metadata, openIdMetadata } from './authkit/oauth-server.js';
import type { Browsers } from './browser.js';
import { mountControl } from './control.js';
import type { Faults } from './faults.js';
import { publicJwk, type SandboxKeys } from './keys.js';
import { STYLE } from './page.js';
import type { RequestLog } from './request-log.js';
import type { SandboxState } from './sandbox-state.js';
import { CLIENT_ID } from './seed.js';
import type { SandboxSettings } from './settings.js';
import { ulid } from './ulid.js';

interface Parts {
  readonly issuer: string;
  readonly keys: SandboxKeys;
  readonly state: SandboxState;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly settings: SandboxSettings;
  readonly oauth: Provider;
  readonly browsers: Browsers;
  /** What a browser visits. */
  readonly pages: readonly { mount(app: Express): void }[];
  /** What needs the API key. */
  readonly rooms: readonly { mount(api: Router): void }[];
  readonly authenticate: Authenticate;
}

/** AuthKit and WorkOS's API on one port: the SDK's base URL serves programs and browsers alike. */
export function createApp(parts: Parts): Express {
  const { issuer, faults } = parts;
  const app = express();
  app.disable('x-powered-by');
  app.use(refuseForeignHost(issuer));
  app.get('/sandbox/style.css', (_req, res) => {
    res.type('css').send(STYLE);
  });
  app.use(['/sandbox', '/user_management', '/data-integrations', '/organizations'], express.json({ limit: '1mb' }));
  mountControl(app, faults, parts.requests, parts.settings);
  app.use(async (req, res, next) => {
    const fault = req.path.startsWith('/sandbox/') ? undefined : faults.find('workos');
    res.setHeader('X-Request-ID', `req_${ulid()}`);
    if (!fault || !(await strike(fault, req, res))) next();
  });
  app.use(['/oauth2/jwks', '/sso/jwks'], async (req, res, next) => {
    const fault = faults.find('jwks');
    if (!fault || !(await strike(fault, req, res))) next();
  });
  mountMetadata(app, parts);
  app.use('/sandbox', express.urlencoded({ extended: false, limit: '16kb' }));
  app.post('/sandbox/sign-in', (req, res) => parts.browsers.handleSignIn(req, res));
  app.post('/sandbox/sign-out', (req, res) => parts.browsers.handleSignOut(req, res));
  for (const page of parts.pages) page.mount(app);
  const oauth = parts.oauth.callback();
  app.use((req, res, next) => {
    if (req.path.startsWith('/oauth2/')) void oauth(req, res);
    else next();
  });
  app.post('/user_management/authenticate', (req, res) => parts.authenticate.handle(req, res));
  const api = Router();
  api.use((req, res, next) => {
    if (req.headers.authorization === `Bearer ${parts.state.data.apiKey}`) next();
    else res.status(401).json({ message: 'Unauthorized' });
  });
  for (const room of parts.rooms) room.mount(api);
  app.use(['/user_management', '/data-integrations', '/organizations'], (req, res, next) => {
    req.url = req.originalUrl;
    api(req, res, next);
  });
  app.use((_req, res) => {
    res.status(404).json({ message: 'Not Found' });
  });
  app.use((_error: unknown, _req: Request, res: Response, _next: NextFunction) => {
    if (!res.headersSent) res.status(400).json({ message: 'Bad Request' });
  });
  return app;
}

function mountMetadata(app: Express, { issuer, keys, settings }: Parts): void {
  const open = (_req: Request, res: Response, next: NextFunction) => {
    res.setHeader('Access-Control-Allow-Origin', '*');
    next();
  };
  app.get('/.well-known/oauth-authorization-server', open, (_req, res) => {
    res.json(metadata(issuer, settings));
  });
  app.get('/.well-known/openid-configuration', open, (_req, res) => {
    res.json(openIdMetadata(issuer, settings));
  });
  app.get('/sso/jwks/:clientId', async (req, res) => {
    if (req.params.clientId === CLIENT_ID) res.json({ keys: [await publicJwk(keys)] });
    else res.status(404).json({ message: 'Client not found.' });
  });
}

/** A name that a page of the internet points to 127.0.0.1 is not ours. */
const refuseForeignHost = (issuer: string) => (req: Request, res: Response, next: NextFunction) => {
  if (req.headers.host === new URL(issuer).host) next();
  else res.status(421).json({ message: 'The sandbox answers at 127.0.0.1 only.' });
};
