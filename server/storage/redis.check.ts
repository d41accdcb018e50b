import type { Redis } from 'ioredis';

export interface RedisCheck {
  /** Why this Redis must not be used. Empty when it may. */
  readonly problems: readonly string[];
  /** What is weaker than it should be, and what could not be seen. */
  readonly warnings: readonly string[];
}

/** The scripts use what this version brought. */
const OLDEST = [6, 2] as const;

const READY_WITHIN_MS = 3_000;

/** I43: looks at the server once before the start. It asks INFO alone: managed Redis often forbids CONFIG. */
export async function checkRedis(client: Redis): Promise<RedisCheck> {
  try {
    await ready(client);
    return judge(fieldsOf(await client.info()));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      problems: [`REDIS_URL: Redis does not answer (${reason}). Start it, or correct the address.`],
      warnings: [],
    };
  }
}

function judge(fields: ReadonlyMap<string, string>): RedisCheck {
  const problems: string[] = [];
  const warnings: string[] = [];
  const unseen = (what: string, then: string) =>
    warnings.push(`Redis does not tell its ${what}: make sure that ${then}.`);

  const version = fields.get('redis_version');
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  if (version === undefined) unseen('version', `it is ${OLDEST.join('.')} or newer`);
  else if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    problems.push(`Redis ${version} is too old: ${OLDEST.join('.')} or newer is needed.`);
  }
  if (!fields.has('run_id'))
    problems.push('Redis does not tell its run_id, without which a restart cannot be noticed.');

  const policy = fields.get('maxmemory_policy');
  if (policy === undefined) unseen('maxmemory-policy', 'it is noeviction');
  else if (policy !== 'noeviction') {
    problems.push(
      `Redis evicts keys (maxmemory-policy ${policy}), which would lose approvals and audit events. Set noeviction.`,
    );
  }

  const role = fields.get('role');
  if (role === undefined) unseen('role', 'it is a primary');
  else if (role !== 'master') problems.push('This Redis is a replica. Connect to the primary.');

  const appendOnly = fields.get('aof_enabled');
  if (appendOnly === undefined) unseen('persistence', 'appendonly is on');
  else if (appendOnly !== '1') {
    warnings.push(
      'Redis keeps no append-only file: its restart ends all approvals and may lose history. Set appendonly yes.',
    );
  }
  return { problems, warnings };
}

function fieldsOf(info: string): ReadonlyMap<string, string> {
  const lines = info.split('\r\n').filter((line) => line.includes(':'));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]));
}

/** A client without an offline queue refuses commands until it is connected. */
function ready(client: Redis): Promise<void> {
  if (client.status === 'ready') return Promise.resolve();
  return new Promise((resolve, reject) => {
    let reason = 'no connection';
    const remember = (error: Error) => {
      reason = error.message || reason;
    };
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      client.off('ready', connected).off('error', remember);
      settle();
    };
    const connected = () => finish(resolve);
    const timer = setTimeout(() => finish(() => reject(new Error(reason))), READY_WITHIN_MS);
    client.on('ready', connected).on('error', remember);
  });
}
