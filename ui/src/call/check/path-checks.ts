import type { types } from 'mediasoup-client';
import { asFailure } from '../base/call-failure.ts';
import { skipped, well, wrong, type Check, type CheckResult } from './check.ts';
import type { CheckPeer } from './check-peer.ts';
import type { CheckRoom } from './check-room.ts';
import { addressesOf, isLoopback, isRelayed, portsOf, type IcePath } from './ice-path.ts';
import { SilentTrack } from './silent-track.ts';
import { within } from '../base/time/deadline.ts';

const CONNECT_TIMEOUT_MS = 8_000;
const FAULTS = { udp: 'udp-port', tcp: 'tcp-port', relay: 'relay', web: 'web' } as const;
/** What to report where the server offers nothing on the path. */
const NOT_OFFERED = {
  udp: 'no-candidate',
  tcp: 'no-candidate',
  ipv6: 'no-ipv6',
  relay: 'no-turn',
  web: 'no-web',
} as const;

/** The paths that work, which later checks of the same run need. */
export type Found = { works: Set<IcePath> };

/** Checks whether a call can be joined, and whether its socket uses a WebSocket. */
export class WebSocketCheck implements Check {
  readonly name = 'websocket';
  readonly #room: CheckRoom;

  constructor(room: CheckRoom) {
    this.#room = room;
  }

  async run(): Promise<CheckResult> {
    try {
      return (await this.#room.guest('udp')).overWebSocket ? well() : wrong('websocket');
    } catch (error) {
      return wrong('call', { error: asFailure(error).code });
    }
  }
}

/** Checks whether media gets through on one path. */
export class PathCheck implements Check {
  readonly name: IcePath;
  readonly #room: CheckRoom;
  readonly #found: Found;

  constructor(name: IcePath, room: CheckRoom, found: Found) {
    this.name = name;
    this.#room = room;
    this.#found = found;
  }

  async run(signal: AbortSignal): Promise<CheckResult> {
    const peer = await this.#room.guest(this.name).catch(() => null);
    if (peer === null) return skipped('needs-call');
    const offered = isRelayed(this.name) ? peer.iceServers : peer.offered.iceCandidates;
    if (offered.length === 0) return skipped(NOT_OFFERED[this.name]);
    const facts = { addresses: addressesOf(peer.offered), ports: portsOf(peer.offered) };
    if (!(await connects(peer, signal)))
      // Most networks have IPv4 only, and nothing is wrong with them.
      return this.name === 'ipv6' ? skipped('no-ipv6-here', facts) : wrong(FAULTS[this.name], facts);
    this.#found.works.add(this.name);
    return well(facts);
  }
}

/**
 * Checks whether browsers can reach the address that the media node announces. Needs the results of all path checks.
 */
export class MediaAddressCheck implements Check {
  readonly name = 'address';
  readonly #room: CheckRoom;
  readonly #found: Found;
  readonly #pageHost: string;

  constructor(room: CheckRoom, found: Found, pageHost: string) {
    this.#room = room;
    this.#found = found;
    this.#pageHost = pageHost;
  }

  async run(): Promise<CheckResult> {
    const peers = await Promise.all([this.#room.guest('udp'), this.#room.guest('tcp')]).catch(() => null);
    if (peers === null) return skipped('needs-call');
    const addresses = [...new Set(peers.flatMap(({ offered }) => addressesOf(offered)))];
    return judgeAddress(addresses, this.#found.works, this.#pageHost);
  }
}

export function judgeAddress(
  addresses: readonly string[],
  works: ReadonlySet<IcePath>,
  pageHost: string,
): CheckResult {
  const loopback = addresses.length > 0 && addresses.every(isLoopback) && !isLoopback(pageHost);
  if (loopback) return wrong('announced-address', { addresses, loopback });
  if (works.size === 0) return wrong('announced-address', { addresses });
  // If only the relay works, the TURN server reached this address: the address is right, but the direct path is
  // blocked.
  return well({ addresses, relayed: [...works].every(isRelayed) });
}

async function connects(peer: CheckPeer, signal: AbortSignal): Promise<boolean> {
  const silence = SilentTrack.create();
  try {
    const connected = untilConnected(peer.sendTransport);
    await peer.send(silence.track);
    return (await within(CONNECT_TIMEOUT_MS, connected, signal)) !== null;
  } catch {
    signal.throwIfAborted();
    return false;
  } finally {
    silence.close();
  }
}

function untilConnected(transport: types.Transport): Promise<true> {
  return new Promise((resolve) => {
    transport.on('connectionstatechange', (state) => {
      if (state === 'connected') resolve(true);
    });
  });
}
