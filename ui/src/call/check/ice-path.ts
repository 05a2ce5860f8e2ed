import type { IceServer, TransportParameters } from '@parley/proto';

/** A path of media between the browser and the media node. */
export type IcePath = 'udp' | 'tcp' | 'relay';

/** Keeps the candidates of one path. All candidates stay for `relay`, because a TURN server may use UDP and TCP. */
export function narrow(transport: TransportParameters, path: IcePath): TransportParameters {
  if (path === 'relay') return transport;
  const iceCandidates = transport.iceCandidates.filter(({ protocol }) => protocol === path);
  return { ...transport, iceCandidates };
}

export function hasTurn(iceServers: readonly IceServer[]): boolean {
  return iceServers.some(({ urls }) => urls.some((url) => /^turns?:/.test(url)));
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
