import ipaddr from 'ipaddr.js';

/** Addresses that count as ordinary ones and are not: cloud platforms answer there with credentials. */
const DENIED: ReadonlySet<string> = new Set(['168.63.129.16']);

/** All public unicast IPv6 lies here (RFC 4291 §2.4, IANA). */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/** True for an address of the public internet. Everything that embeds or tunnels another address is not one (I17). */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.IPv4.isValidFourPartDecimal(address) && !ipaddr.IPv6.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast' || DENIED.has(parsed.toString())) return false;
  return !(parsed instanceof ipaddr.IPv6) || parsed.match(GLOBAL_IPV6);
}
