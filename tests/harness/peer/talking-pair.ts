import { randomInt } from 'node:crypto';
import type { IceServer } from 'node-datachannel';
import { RawPeer } from './raw-peer.ts';
import { callRoute } from './rest-client.ts';
import { endpointParameters, releaseEndpoints, RtpEndpoint } from './rtp-endpoint.ts';
import { waitFor } from '@parley/common/testing';

/** Notifications that a pair in an undisturbed call never gets once it is set up. */
const DISTURBANCES = [
  'peer:joined',
  'peer:left',
  'peer:updated',
  'consumer:closed',
  'media:reset',
  'session:ended',
  'chat:received',
];

/** Two people in a room of their own, one of them heard by the other through the real media node. */
export class TalkingPair {
  readonly talker: RawPeer;
  readonly listener: RawPeer;
  readonly #endpoints: readonly [RtpEndpoint, RtpEndpoint];
  readonly #seenAtStart: number;

  /** @param options.isRelayed Whether their media may only go through the TURN server that they are told of. */
  static async create(origin: string, { isRelayed = false } = {}): Promise<TalkingPair> {
    const { code } = await callRoute(origin, 'createRoom', { body: {} });
    const talker = await RawPeer.join(origin, code, 'Talker');
    const listener = await RawPeer.join(origin, code, 'Listener');
    const ssrc = randomInt(1, 0xffffffff);
    const mouth = new RtpEndpoint('send', ssrc, isRelayed ? relayOf(talker) : undefined);
    const ear = new RtpEndpoint('receive', ssrc, isRelayed ? relayOf(listener) : undefined);
    const { send } = talker.joined.transports;
    const { receive } = listener.joined.transports;
    const [talks, hears] = await Promise.all([mouth.answer(send, 'send'), ear.answer(receive, 'receive')]);
    await talker.request('transport:connect', { transportId: send.transportId, dtlsParameters: talks });
    const made = await talker.request('producer:create', {
      source: 'microphone',
      kind: 'audio',
      rtpParameters: endpointParameters(ssrc),
      paused: false,
    });
    await listener.request('transport:connect', { transportId: receive.transportId, dtlsParameters: hears });
    const [consumer] = await listener.consume([made.producerId]);
    await listener.request('consumer:resume', { consumerIds: [consumer!.consumerId] });
    await waitFor(() => ear.received > 0, { what: 'the listener to hear the talker' });
    await listener.waitForNotification('peer:updated');
    return new TalkingPair(talker, listener, mouth, ear);
  }

  private constructor(talker: RawPeer, listener: RawPeer, mouth: RtpEndpoint, ear: RtpEndpoint) {
    this.talker = talker;
    this.listener = listener;
    this.#endpoints = [mouth, ear];
    this.#seenAtStart = this.#disturbances().length;
  }

  /** Still hearing, still able to ask, and told of nothing meanwhile. */
  async expectUndisturbed(): Promise<void> {
    const [, ear] = this.#endpoints;
    const { received } = ear;
    await waitFor(() => ear.received > received + 10, { what: 'the pair to go on hearing each other' });
    await this.talker.request('chat:list', { limit: 1 });
    const disturbances = this.#disturbances();
    if (disturbances.length === this.#seenAtStart) return;
    throw new Error(`The pair was told of: ${JSON.stringify(disturbances.slice(this.#seenAtStart))}`);
  }

  async leave(): Promise<void> {
    for (const endpoint of this.#endpoints) endpoint.close();
    await this.talker.leave();
    await this.listener.leave();
    releaseEndpoints();
  }

  #disturbances(): unknown[] {
    return [...this.talker.received, ...this.listener.received].filter(({ name }) =>
      DISTURBANCES.includes(name),
    );
  }
}

/** The TURN server that a person was told of in the join, by UDP. */
function relayOf(peer: RawPeer): IceServer {
  const found = peer.joined.snapshot.iceServers.find(({ credential }) => credential !== undefined);
  const [, hostname = '', port] = /^turn:([^:?]+):(\d+)/.exec(found?.urls[0] ?? '') ?? [];
  const { username, credential: password } = found ?? {};
  return { hostname, port: Number(port), username, password, relayType: 'TurnUdp' };
}
