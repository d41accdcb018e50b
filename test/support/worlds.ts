import type { Era } from './assistant.js';
import { RedisServer } from './redis.js';
import { ServerProcess } from './server-process.js';

export interface World {
  readonly server: ServerProcess;
  end(): Promise<void>;
}

export type StoreName = 'SQLite' | 'Redis';

export const ERAS: readonly Era[] = ['2025-11-25', '2026-07-28'];
export const STORES: readonly StoreName[] = ['SQLite', 'Redis'];

/** The built server as a process of its own on one of the stores, with everything that it needs. */
export async function world(store: StoreName, env: Record<string, string> = {}): Promise<World> {
  if (store === 'SQLite') {
    const server = await ServerProcess.start(env);
    return { server, end: () => server.stop() };
  }
  const redis = await RedisServer.start();
  try {
    const server = await ServerProcess.start({ ...env, REDIS_URL: redis.url });
    const end = async () => {
      await server.stop();
      await redis.stop();
    };
    return { server, end };
  } catch (error) {
    await redis.stop();
    throw error;
  }
}
