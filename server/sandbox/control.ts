import type { Express, NextFunction, Request, Response } from 'express';
import { z } from 'zod';
import { FAULT_KINDS, FAULT_TARGETS, type Faults } from './faults.js';
import type { RequestLog } from './request-log.js';
import { USERS } from './seed.js';
import type { SandboxSettings } from './settings.js';

const FaultBody = z.strictObject({
  target: z.enum(FAULT_TARGETS),
  kind: z.enum(FAULT_KINDS),
  /** Email or id. */
  user: z.string().optional(),
  slug: z.string().optional(),
  delayMs: z.int().min(0).max(600_000).optional(),
});

const SettingsBody = z.strictObject({ clientIdMetadataDocuments: z.boolean() });

/**
 * The sandbox's own controls: `GET|POST|DELETE /sandbox/faults`, `GET|DELETE /sandbox/requests?slug=`, `GET|POST /sandbox/settings`. For
 * programs on this machine: a page in a browser always sends `Origin` or `Sec-Fetch-Site`, and is refused.
 */
export function mountControl(app: Express, faults: Faults, log: RequestLog, settings: SandboxSettings): void {
  app.use(['/sandbox/faults', '/sandbox/requests', '/sandbox/settings'], refuseBrowsers);
  app
    .route('/sandbox/settings')
    .get((_req, res) => {
      res.json(settings);
    })
    .post((req, res) => {
      const body = SettingsBody.safeParse(req.body);
      if (body.success) Object.assign(settings, body.data);
      if (body.success) res.status(204).end();
      else res.status(400).json({ message: z.prettifyError(body.error) });
    });
  app
    .route('/sandbox/faults')
    .get((_req, res) => {
      res.json(faults.list());
    })
    .post((req, res) => {
      const body = FaultBody.safeParse(req.body);
      const user = USERS.find((one) => one.email === body.data?.user || one.id === body.data?.user);
      if (!body.success || (body.data.user !== undefined && !user)) {
        res.status(400).json({ message: body.success ? 'No such user.' : z.prettifyError(body.error) });
        return;
      }
      const { target, kind, slug, delayMs } = body.data;
      faults.set({ target, kind, slug, delayMs, userId: user?.id });
      res.status(204).end();
    })
    .delete((_req, res) => {
      faults.clear();
      res.status(204).end();
    });
  app
    .route('/sandbox/requests')
    .get((req, res) => {
      res.json(log.list(typeof req.query.slug === 'string' ? req.query.slug : undefined));
    })
    .delete((_req, res) => {
      log.clear();
      res.status(204).end();
    });
}

function refuseBrowsers(req: Request, res: Response, next: NextFunction): void {
  if (req.headers.origin === undefined && req.headers['sec-fetch-site'] === undefined) next();
  else res.status(403).json({ message: 'Not for browsers.' });
}
