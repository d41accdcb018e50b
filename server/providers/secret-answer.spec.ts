import { DomainError } from '../kernel/domain-error.js';
import type { CallInput } from './call.js';
import { defineProvider, type ProviderSpec } from './define-provider.js';
import type { ProviderDefinition } from './provider.js';
import { ProviderRegistry } from './provider-registry.js';
import { read, write } from './rest.js';
import { SecretAnswer } from './secret-answer.js';

const HOOKS = 'https://api.acme.example/v1/hooks';

function acme(part: Partial<ProviderSpec> = {}): ProviderDefinition {
  return defineProvider({
    id: 'acme',
    name: 'Acme',
    hosts: ['api.acme.example'],
    secretReads: ['/v1/hooks/{id}', '/v1/token'],
    rules: [read('GET', '/v1/**', 'Read data'), write('DELETE', '/v1/hooks/{id}', 'Delete a hook')],
    reads: 'Read things.',
    writes: 'Delete hooks.',
    instructions: 'https://api.acme.example/v1',
    examples: { read: { method: 'GET', url: HOOKS }, write: { method: 'DELETE', url: `${HOOKS}/1` } },
    ...part,
  });
}

const registry = new ProviderRegistry([acme()]);

function refusal(act: () => unknown): DomainError {
  try {
    act();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

/** The level of a call that is refused for its answer; the code of any other refusal. */
function judgedAs(input: CallInput, by = registry): string {
  const error = refusal(() => by.judge(input));
  return error instanceof SecretAnswer ? error.verdict.level : error.code;
}

describe('I26: a read that answers with a secret can never be called, and is a read all the same', () => {
  it.each(['GET', 'HEAD'])('%s', (method) => {
    const error = refusal(() => registry.judge({ method, url: `${HOOKS}/1` }));
    expect(error).toBeInstanceOf(SecretAnswer);
    expect(error).toMatchObject({
      code: 'call_not_allowed',
      message: expect.stringMatching(/can never be called.* Ask the person to look in Acme/),
      verdict: { level: 'read', reason: 'it only reads, though its answer holds a token or a secret' },
    });
  });

  it('a call that is stored already is refused when it is judged again', () => {
    const before = new ProviderRegistry([acme({ secretReads: [] })]).judge({ method: 'GET', url: `${HOOKS}/1` });
    expect(refusal(() => registry.judgeCall(before.call))).toBeInstanceOf(SecretAnswer);
  });

  it('what lies beside it is as ever', () => {
    const levels = [
      ['GET', HOOKS],
      ['DELETE', `${HOOKS}/1`],
      ['GET', `${HOOKS}/1/deliveries`],
    ].map(([method = '', url = '']) => registry.judge({ method, url }).verdict.level);
    expect(levels).toEqual(['read', 'write', 'read']);
  });

  it.each(['/v1/Token', '/v1/token/', '/v1/token.json', '/V1/TOKEN', '/v1/token%20', '/v1/%74oken', '/v1/./token'])(
    'it is refused as %s, and then nobody says that it is a read',
    (path) => {
      const url = `https://api.acme.example${path}`;
      expect(judgedAs({ method: 'GET', url })).toMatch(/^(?:call_not_allowed|url_not_canonical)$/);
    },
  );
});

describe('I23: a secret read is a read by an exact rule alone', () => {
  it.each<[what: string, input: CallInput, code: string]>([
    [
      'another method by header',
      { method: 'GET', url: `${HOOKS}/1`, headers: { 'X-HTTP-Method-Override': 'DELETE' } },
      'header_not_allowed',
    ],
    ['another method by parameter', { method: 'GET', url: `${HOOKS}/1?_method=DELETE` }, 'call_not_allowed'],
    ['a body', { method: 'GET', url: `${HOOKS}/1`, body: { a: 1 } }, 'body_not_allowed'],
  ])('%s', (_what, input, code) => {
    expect(judgedAs(input)).toBe(code);
  });

  it('a write rule wins over it', () => {
    const strict = new ProviderRegistry([acme({ rules: [write('GET', '/v1/hooks/{id}', 'Roll a hook')] })]);
    expect(judgedAs({ method: 'GET', url: `${HOOKS}/1` }, strict)).toBe('write');
  });

  it('a classifier that throws means write', () => {
    const broken = {
      ...acme(),
      classify: () => {
        throw new Error('broken');
      },
    };
    expect(judgedAs({ method: 'GET', url: `${HOOKS}/1` }, new ProviderRegistry([broken]))).toBe('write');
  });

  it('what is never callable without being a secret read stays a write', () => {
    const never = new ProviderRegistry([acme({ secretReads: [], neverCallable: ['/v1/hooks/{id}'] })]);
    expect(judgedAs({ method: 'GET', url: `${HOOKS}/1` }, never)).toBe('call_not_allowed');
  });

  it('it claims its path for no other method', () => {
    const narrow = new ProviderRegistry([acme({ secretReads: ['/v1/token'], rules: [read('GET', '/v1/me', 'Read')] })]);
    const url = 'https://api.acme.example/v1/token';
    expect([judgedAs({ method: 'GET', url }, narrow), judgedAs({ method: 'POST', url }, narrow)]).toEqual([
      'read',
      'provider_not_matched',
    ]);
  });

  it('it can take no URL of another provider', () => {
    const other = acme({ id: 'other', paths: ['/v2/**'], secretReads: ['/v1/hooks/{id}'] });
    expect(() => new ProviderRegistry([acme(), other])).toThrow(/could both claim api\.acme\.example\/v1/);
  });
});
