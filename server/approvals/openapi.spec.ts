import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RequestMethod } from '@nestjs/common';
import { LoginController } from '../auth/login.controller.js';
import { MeController } from '../auth/me.controller.js';
import { ApprovalsController } from './approvals.controller.js';
import { GrantsController } from './grants.controller.js';
import { IntegrationsController } from './integrations.controller.js';
import { openApi } from './openapi.js';
import { SiteController } from './site.controller.js';

const ROOT = join(__dirname, '..', '..');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
const made = openApi(version);

it('docs/openapi.json is what the schemas say: `npm run openapi` writes it', () => {
  expect(JSON.parse(readFileSync(join(ROOT, 'docs', 'openapi.json'), 'utf8'))).toEqual(
    JSON.parse(JSON.stringify(made)),
  );
});

it('has every route of the page’s API and no other', () => {
  const controllers = [
    ApprovalsController,
    GrantsController,
    IntegrationsController,
    SiteController,
    MeController,
    LoginController,
  ];
  const routes = controllers.flatMap((controller) => {
    const base = Reflect.getMetadata('path', controller) as string;
    const handlers = Object.getOwnPropertyNames(controller.prototype).map(
      (name) => Object.getOwnPropertyDescriptor(controller.prototype, name)?.value as object,
    );
    return handlers
      .filter((handler) => Reflect.hasMetadata('method', handler))
      .map((handler) => {
        const path = [base, Reflect.getMetadata('path', handler) as string]
          .flatMap((part) => part.split('/'))
          .filter(Boolean);
        const method = RequestMethod[Reflect.getMetadata('method', handler) as number]?.toLowerCase();
        return `${method} /${path.join('/').replace(/:(\w+)/g, '{$1}')}`;
      });
  });
  const written = Object.entries(made.paths as Record<string, object>).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  const pages = ['get /login', 'get /callback'];
  expect(written.sort()).toEqual(routes.filter((route) => !pages.includes(route)).sort());
});
