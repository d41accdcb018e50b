import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../server/config/config.js';
import { ENVIRONMENT } from '../server/config/environment.js';

const text = readFileSync(join(__dirname, '..', '.env.example'), 'utf8');
const lines = text.split('\n');

describe('.env.example', () => {
  it('names every variable of the schema, in its order, with what it is for', () => {
    const entries = lines.flatMap((line, index) => {
      const name = /^#?\s?([A-Z][A-Z_]+)=/.exec(line)?.[1];
      return name ? [{ name, about: (lines[index - 1] ?? '').replace(/^# /, '') }] : [];
    });
    expect(entries).toEqual(Object.entries(ENVIRONMENT).map(([name, { about }]) => ({ name, about })));
  });

  it('sets nothing by itself, so that a copy of it runs the sandbox', () => {
    expect(lines.filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
  });

  it('gives examples that are accepted, but for the secrets, which are refused as examples', () => {
    const env = Object.fromEntries(Object.entries(ENVIRONMENT).map(([name, { example }]) => [name, example]));
    const secrets = {
      WORKOS_COOKIE_PASSWORD: 'q8Zb1v0mT4xKcW7e-Rj5uYp2sLd9nGfA',
      WORKOS_COOKIE_PASSWORD_PREVIOUS: 'H3kQ9wz7Xn1-bV5tCe8rMy2uPs6dJgLf',
    };
    expect(loadConfig({ ...env, ...secrets }).mode).toBe('workos');
    expect(() => loadConfig(env)).toThrow(/is the example/);
  });
});
