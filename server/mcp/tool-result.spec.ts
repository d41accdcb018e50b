import { Logger } from '@nestjs/common';
import * as z from 'zod';
import { contextOf, MCP_SETTINGS, misfit } from '../../test/support/mcp-call.js';
import { DomainError, ERROR_CODES, type ErrorCode } from '../kernel/domain-error.js';
import { advertisedOutput } from './advertised-output.js';
import { grantFacts } from './grant-facts.js';
import { answer, toolResult } from './tool-result.js';

const CANARY = 'canary-5f2b8c';
const logged: string[] = [];

beforeEach(() => {
  logged.splice(0);
  const line = (...parts: unknown[]) => logged.push(parts.join(' '));
  Logger.overrideLogger({ log: line, warn: line, error: line });
});
afterEach(() => Logger.overrideLogger(false));

const failing = (error: unknown) => answer(contextOf().context, MCP_SETTINGS, () => Promise.reject(error));

describe('a refusal', () => {
  const codes = Object.keys(ERROR_CODES) as ErrorCode[];

  it.each(codes)('%s: code, text and facts, as data and as words, and every tool advertises it', async (code) => {
    const result = await failing(new DomainError(code, 'What happened.', { provider: 'notion' }));
    const { error } = result.structuredContent as { error: Record<string, unknown> };
    expect(result.isError).toBe(true);
    expect(error).toMatchObject({ code, message: 'What happened.', provider: 'notion' });
    expect(error.retryAfterMs).toBe(ERROR_CODES[code] === 'unavailable' ? 2_000 : undefined);
    expect(result.content[0]?.text).toMatch(/^What happened\./);
    expect(JSON.parse(result.content[1]?.text ?? '')).toEqual(result.structuredContent);
    expect(misfit(advertisedOutput(grantFacts), result.structuredContent)).toBeNull();
  });

  it('keeps its code and its words, whatever its facts are called', async () => {
    const details = { code: 'executed', message: 'All went well.', retryAfterMs: 'never' };
    const { structuredContent } = await failing(new DomainError('store_unavailable', 'Not now.', details));
    expect(structuredContent.error).toEqual({ code: 'store_unavailable', message: 'Not now.', retryAfterMs: 2_000 });
  });
});

describe('I47: what is not ours says nothing of its inside', () => {
  it.each([
    ['an error', Object.assign(new Error(`${CANARY} in the message`), { token: CANARY })],
    ['an error of a library', new TypeError(CANARY, { cause: new Error(CANARY) })],
    ['an error of many lines', new Error(`first\n${CANARY}\n${CANARY}`)],
    ['text', CANARY],
    ['nothing', undefined],
    ['an object with a code', { code: 'ECONNREFUSED', address: CANARY }],
  ])('%s', async (_, thrown) => {
    const result = await failing(thrown);
    expect(result.structuredContent).toEqual({
      error: { code: 'internal', message: expect.any(String), retryAfterMs: 2_000 },
    });
    expect(JSON.stringify(result)).not.toContain(CANARY);
    expect(JSON.stringify(result)).not.toMatch(/\bat |\.ts:|node_modules/);
    expect(logged).toHaveLength(1);
    expect(logged.join()).not.toContain(CANARY);
  });

  it.each(['AbortError', 'TimeoutError'])('%s: a call that ended before it began is told as that', async (name) => {
    const ended = await failing(new DOMException(CANARY, name));
    expect(ended.content[0]?.text).toMatch(/before anything was sent/);
    expect(ended.structuredContent.error).toMatchObject({ code: 'cancelled' });
    expect(logged).toEqual([]);
  });
});

describe('a result', () => {
  const schema = z.strictObject({ status: z.number() });

  it('says the next step in words, and the facts as data and for clients that read only text', () => {
    expect(toolResult(schema, { status: 200 }, 'It answered.')).toEqual({
      content: [
        { type: 'text', text: 'It answered.' },
        { type: 'text', text: '{"status":200}' },
      ],
      structuredContent: { status: 200 },
    });
  });

  it('is never other facts than the tool promised', async () => {
    const more = { status: 200, token: CANARY } as z.input<typeof schema>;
    const run = async () => toolResult(schema, more, 'It answered.');
    const result = await answer(contextOf().context, MCP_SETTINGS, run);
    expect(result.structuredContent.error).toMatchObject({ code: 'internal' });
    expect(JSON.stringify(result)).not.toContain(CANARY);
  });
});
