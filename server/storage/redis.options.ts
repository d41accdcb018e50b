import type { RedisOptions } from 'ioredis';

/**
 * For every connection on a request's path: an answer or an error within 1 s, and nothing is sent again by the driver. A
 * frozen server is noticed by the command's own time; a server that is back is found within half a second.
 */
export const REDIS_REQUEST_OPTIONS = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  commandTimeout: 500,
  connectTimeout: 1_000,
  retryStrategy: (times: number) => Math.min(times * 50, 500),
  // After a failover the old connection may lead to a replica.
  reconnectOnError: (error: Error) => error.message.startsWith('READONLY'),
} satisfies RedisOptions;

/** For the one connection that listens: it waits for the server and subscribes again by itself. */
export const REDIS_SUBSCRIBER_OPTIONS = {
  enableOfflineQueue: true,
  maxRetriesPerRequest: null,
  autoResubscribe: true,
  commandTimeout: undefined,
} satisfies RedisOptions;
