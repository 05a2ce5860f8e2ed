import { waitFor } from '@parley/common/testing';
import type { IceServer } from 'node-datachannel';
import { Microphone } from './microphone.ts';
import { RawPeer } from './raw-peer.ts';
import { callRoute } from './rest-client.ts';
import { releaseEndpoints, RtpEndpoint } from './rtp-endpoint.ts';

/** Notifications that show a disturbance: once the pair is set up, an undisturbed call brings none of them. */
const DISTURBANCES = [
  'peer:joined',
  'peer:left',
  'peer:updated',
  'consumer:closed',
  'media:reset',
  'session:ended',
  'chat:received',
];

/** Two people in a room of their own: one speaks, and the other receives the sound through the real media node. */
export class TalkingPair {
  readonly talker: RawPeer;
  readonly listener: RawPeer;
  readonly #microphone: Microphone;
  readonly #receiver: RtpEndpoint;
  readonly #disturbancesAtStart: number;

  /** @param options.isRelayed Whether media may only go through the TURN server that the join reply names. */
  static async create(origin: string, { isRelayed = false } = {}): Promise<TalkingPair> {
    const relay = (peer: RawPeer): IceServer | undefined => (isRelayed ? relayOf(peer) : undefined);
    const { code } = await callRoute(origin, 'createRoom', { body: {} });
    const talker = await RawPeer.join(origin, code, 'Talker');
    const listener = await RawPeer.join(origin, code, 'Listener');
    const microphone = await Microphone.open(talker, { relay: relay(talker) });
    const receiver = new RtpEndpoint('receive', microphone.ssrc, { relay: relay(listener) });
    await receiver.connect(listener, listener.joined.transports);
    const [consumer] = await listener.consume([microphone.producerId]);
    await listener.request('consumer:resume', { consumerIds: [consumer!.consumerId] });
    await waitFor(() => receiver.received > 0, { what: 'the listener to receive sound of the talker' });
    await listener.waitForNotification('peer:updated');
    return new TalkingPair(talker, listener, microphone, receiver);
  }

  private constructor(talker: RawPeer, listener: RawPeer, microphone: Microphone, receiver: RtpEndpoint) {
    this.talker = talker;
    this.listener = listener;
    this.#microphone = microphone;
    this.#receiver = receiver;
    this.#disturbancesAtStart = this.#disturbances().length;
  }

  /** Throws unless sound still arrives, the server still answers, and neither has received a disturbance since the start. */
  async expectUndisturbed(): Promise<void> {
    const { received } = this.#receiver;
    await waitFor(() => this.#receiver.received > received + 10, { what: 'sound to go on' });
    await this.talker.request('chat:list', { limit: 1 });
    const disturbances = this.#disturbances();
    if (disturbances.length === this.#disturbancesAtStart) return;
    throw new Error(`The pair received: ${JSON.stringify(disturbances.slice(this.#disturbancesAtStart))}`);
  }

  async leave(): Promise<void> {
    this.#microphone.close();
    this.#receiver.close();
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

/** The TURN server of the join reply, over UDP. */
function relayOf(peer: RawPeer): IceServer {
  const found = peer.joined.snapshot.iceServers.find(({ credential }) => credential !== undefined);
  const [, hostname = '', port] = /^turn:([^:?]+):(\d+)/.exec(found?.urls[0] ?? '') ?? [];
  const { username, credential: password } = found ?? {};
  return { hostname, port: Number(port), username, password, relayType: 'TurnUdp' };
}
