import { lookup as systemLookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { TransportFailure } from './transport.port.js';
import { isPublicAddress } from './upstream-address.js';

/** All addresses of a host name. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

/** Which exact hosts are played on this machine, under a certificate authority of their own. Only the sandbox's wiring builds one. */
export interface Route {
  readonly hosts: ReadonlyMap<string, { readonly port: number }>;
  readonly ca: string;
}

export interface ConnectorOptions {
  readonly connectMs: number;
  readonly resolve?: Resolve | undefined;
  readonly route?: Route | undefined;
}

/**
 * Connects by verified TLS to a public address only. The address that is checked is the one that is connected: names are resolved
 * here, and a literal address, for which no name is looked up, is checked as well (I17). Fails with `TransportFailure`, nothing sent.
 */
export function upstreamConnector({
  connectMs,
  resolve = resolveBySystem,
  route,
}: ConnectorOptions): buildConnector.connector {
  const tls = { timeout: connectMs, rejectUnauthorized: true, allowH2: false, autoSelectFamily: true };
  const toPublic = buildConnector({ ...tls, lookup: checkedLookup(resolve) });
  const toRoute = route && buildConnector({ ...tls, ca: route.ca });
  return (options, callback) => {
    const { hostname } = options;
    const finish: buildConnector.Callback = (...result) => {
      if (result[0] === null) callback(...result);
      else callback(asFailure(result[0]), null);
    };
    if (options.protocol !== 'https:') return callback(new TransportFailure('upstream_address_refused', false), null);
    const routed = route?.hosts.get(hostname);
    if (routed && toRoute) {
      toRoute({ ...options, hostname: '127.0.0.1', port: String(routed.port), servername: hostname }, finish);
      return;
    }
    const literal = hostname.replace(/^\[(.*)\]$/, '$1');
    if (isIP(literal) !== 0 && !isPublicAddress(literal)) {
      return callback(new TransportFailure('upstream_address_refused', false), null);
    }
    toPublic(options, finish);
  };
}

/** One address of ours among the answers is enough to refuse: a provider's name never has one. */
function checkedLookup(resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        if (addresses.length === 0 || !addresses.every(isPublicAddress)) {
          callback(new TransportFailure('upstream_address_refused', false), []);
          return;
        }
        const found = addresses.map((address) => ({ address, family: isIP(address) }));
        if (options.all) callback(null, found);
        else callback(null, found[0]?.address ?? '', found[0]?.family);
      },
      (cause: unknown) => callback(new TransportFailure('upstream_unreachable', false, { cause }), []),
    );
  };
}

async function resolveBySystem(hostname: string): Promise<readonly string[]> {
  return (await systemLookup(hostname, { all: true, order: 'verbatim' })).map(({ address }) => address);
}

function asFailure(error: Error): TransportFailure {
  if (error instanceof TransportFailure) return error;
  const isTimeout = 'code' in error && error.code === 'UND_ERR_CONNECT_TIMEOUT';
  return new TransportFailure(isTimeout ? 'upstream_timeout' : 'upstream_unreachable', false, { cause: error });
}
