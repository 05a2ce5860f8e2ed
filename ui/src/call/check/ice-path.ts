import type { IceServer, TransportParameters } from '@parley/proto/rtp';

/**
 * A path of media between the browser and the media node. `relay` goes by any TURN server, `web` by one that has the port of
 * https, which is what remains in networks that let out only the web.
 */
export type IcePath = 'udp' | 'tcp' | 'ipv6' | 'relay' | 'web';

/** Whether a path goes by a TURN server. */
export function isRelayed(path: IcePath): boolean {
  return path === 'relay' || path === 'web';
}

/** Keeps the candidates of one path. All candidates stay for a relayed path, because a TURN server may use UDP and TCP. */
export function narrow(transport: TransportParameters, path: IcePath): TransportParameters {
  if (isRelayed(path)) return transport;
  const iceCandidates = transport.iceCandidates.filter(({ protocol, address }) =>
    path === 'ipv6' ? address.includes(':') : protocol === path,
  );
  return { ...transport, iceCandidates };
}

/** The servers that a path may use. */
export function serversFor(
  path: IcePath,
  iceServers: readonly IceServer[],
  page: Pick<URL, 'protocol' | 'port'>,
): IceServer[] {
  if (!isRelayed(path)) return [];
  const port = page.port || (page.protocol === 'https:' ? '443' : '80');
  const isFit = (url: string): boolean =>
    /^turns?:/.test(url) && (path === 'relay' || url.endsWith(`:${port}?transport=tcp`));
  return iceServers.flatMap((server) => {
    const urls = server.urls.filter(isFit);
    return urls.length > 0 ? [{ ...server, urls }] : [];
  });
}

export function addressesOf({ iceCandidates }: TransportParameters): string[] {
  return [...new Set(iceCandidates.map(({ address }) => address))];
}

export function portsOf({ iceCandidates }: TransportParameters): number[] {
  return [...new Set(iceCandidates.map(({ port }) => port))].toSorted((a, b) => a - b);
}

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/;

export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}
