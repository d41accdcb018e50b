import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { DomainError } from '../kernel/domain-error.js';
import { checkRedis } from './redis.check.js';

/** The process's connection to a Redis that may be used. Closed when the server stops. */
export class RedisConnection implements OnApplicationShutdown {
  private constructor(readonly client: Redis) {}

  /** @throws DomainError `store_unavailable` naming everything that is wrong with this Redis (I43). */
  static async checked(client: Redis): Promise<RedisConnection> {
    const log = new Logger('Redis');
    // The driver reports every lost connection here and finds back by itself.
    client.on('error', (error: Error) => log.warn(`connection: ${error.name}`));
    const { problems, warnings } = await checkRedis(client);
    for (const warning of warnings) log.warn(warning);
    if (problems.length > 0) {
      client.disconnect();
      throw new DomainError('store_unavailable', problems.join('\n'));
    }
    return new RedisConnection(client);
  }

  /** What was sent before is answered first. */
  async onApplicationShutdown(): Promise<void> {
    await this.client.quit().catch(() => this.client.disconnect());
  }
}
