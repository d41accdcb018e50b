import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { Controller, Get, Header } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { RequestHandler } from 'express';

/** Where the built page lies: the folder of its `index.html`. */
export class PageSettings {
  constructor(readonly folder: string) {}
}

/**
 * The page's shell: one file, the same bytes for every address and every person, signed in or not. It takes no data from the server
 * but by `/api`, so there is nothing in it to find out or to inject into.
 */
@Controller()
export class PageController {
  #shell: Promise<string> | null = null;

  constructor(private readonly settings: PageSettings) {}

  @Get(['', 'approve/:id', 'access', 'connect/:slug'])
  @Header('Content-Type', 'text/html; charset=utf-8')
  show(): Promise<string> {
    this.#shell ??= readFile(join(this.settings.folder, 'index.html'), 'utf8').catch((error: unknown) => {
      this.#shell = null;
      throw error;
    });
    return this.#shell;
  }
}

/** The page's scripts and styles: their names change with their bytes. A missing one is 404, never the shell. */
export function serveAssets(app: NestExpressApplication, { folder }: PageSettings): void {
  app.use('/assets/', packed(join(folder, 'assets')));
  app.useStaticAssets(join(folder, 'assets'), {
    prefix: '/assets/',
    immutable: true,
    maxAge: '1y',
    index: false,
    redirect: false,
    fallthrough: false,
  });
}

/** Sends what the build has packed to whoever takes gzip. Which files those are is read once: they never change. */
function packed(folder: string): RequestHandler {
  let names: ReadonlySet<string> | null = null;
  return (request, response, next) => {
    names ??= new Set(existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []);
    response.vary('Accept-Encoding');
    if (names.has(`${request.url.slice(1)}.gz`) && request.acceptsEncodings('gzip')) {
      response.type(extname(request.url)).setHeader('Content-Encoding', 'gzip');
      request.url += '.gz';
    }
    next();
  };
}
