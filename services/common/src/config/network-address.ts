import { isIP, isIPv4 } from 'node:net';

const HOST_NAME_MAX = 253;
const PORT_MAX = 65_535;
const LABEL = /^[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/;
/** IPv4 and IPv6 addresses that lead to no machine, or need a network interface beside them: unspecified, multicast, link-local. */
const NOT_FOR_PEERS = /^(?:0\.|2[2-5]\d\.|::$|ff|fe[89ab])/i;

/** An address of one machine that others can send to. */
export function isPeerAddress(text: string): boolean {
  return isIP(text) !== 0 && !text.includes('%') && !NOT_FOR_PEERS.test(text);
}

/** A name for the DNS. A text of digits and dots is none: it is an IPv4 address with an error. */
export function isHostName(text: string): boolean {
  const labels = text.split('.');
  const isNumber = /^\d+$/.test(labels.at(-1) ?? '');
  return text.length <= HOST_NAME_MAX && !isNumber && labels.every((label) => LABEL.test(label));
}

/** RFC 7064 and 7065, and not more: browsers throw an error at any other text, and then nobody can join. */
export function isIceUrl(text: string, kind: 'stun' | 'turn'): boolean {
  const [, scheme, place, transport] = /^(stuns?|turns?):([^?]+)(\?transport=(?:udp|tcp))?$/.exec(text) ?? [];
  if (scheme?.replace(/s$/, '') !== kind || place === undefined) return false;
  return isUrlPlace(place) && (kind === 'turn' || transport === undefined);
}

/** The origin as browsers send it, in small letters and with the letters of other alphabets encoded; undefined if the text is none. */
export function readOrigin(text: string): string | undefined {
  const place = /^https?:\/\/([^/@?#]+)\/?$/i.exec(text)?.[1];
  if (place === undefined || !URL.canParse(text)) return undefined;
  const { host, origin } = new URL(text);
  return isUrlPlace(/\P{ASCII}/u.test(place) ? host : place) ? origin : undefined;
}

/** A host as a URL writes it: an IPv6 address stands in brackets. */
export function isUrlHost(text: string): boolean {
  const bracketed = /^\[(.*)\]$/.exec(text)?.[1];
  return bracketed === undefined ? isIPv4(text) || isHostName(text) : isIP(bracketed) === 6;
}

/** A host, and perhaps a port. */
function isUrlPlace(text: string): boolean {
  const [, host, port] = /^(\[[^[\]]*\]|[^:[\]]+)(?::(\d{1,5}))?$/.exec(text) ?? [];
  const isPort = port === undefined || (Number(port) >= 1 && Number(port) <= PORT_MAX);
  return host !== undefined && isUrlHost(host) && isPort;
}
