import { waitFor } from '@parley/common/testing';
import type { RegionTimes } from '@parley/proto/regions';
import { Microphone } from './microphone.ts';
import { RawPeer, type Doors } from './raw-peer.ts';
import { callRoute } from './rest-client.ts';
import { measureRegions } from './round-trips.ts';
import { RtpEndpoint } from './rtp-endpoint.ts';

type FarClientOptions = {
  doors: Doors;
  code: string;
  name: string;
  /** The address of this machine that it sends from. */
  from: string;
};

/** A person without a browser who measures the regions, joins with their times, speaks, and notes how late the voices of others are. */
export class FarClient {
  readonly peer: RawPeer;
  readonly times: RegionTimes;
  readonly #from: string;
  #microphone: Microphone | undefined;
  #ear: RtpEndpoint | undefined;
  /** By the SSRC of the consumer, in milliseconds. */
  readonly #delays = new Map<number, number[]>();

  static async join({ doors, code, name, from }: FarClientOptions): Promise<FarClient> {
    const peer = await RawPeer.connect(doors, code, name);
    const { regions } = await callRoute(doors.rest, 'listRegions');
    const times = await measureRegions(regions, from);
    await peer.join({ regionTimes: times });
    return new FarClient(peer, times, from);
  }

  private constructor(peer: RawPeer, times: RegionTimes, from: string) {
    this.peer = peer;
    this.times = times;
    this.#from = from;
  }

  /** Where its media goes. */
  get nodeAddresses(): string[] {
    const { send, receive } = this.peer.joined.transports;
    return [
      ...new Set([send, receive].flatMap(({ iceCandidates }) => iceCandidates.map((one) => one.address))),
    ];
  }

  async speak(): Promise<void> {
    this.#microphone = await Microphone.open(this.peer, { from: this.#from });
  }

  /** Resolves with the delays of the packets that come, from one client to the other, in milliseconds. */
  async hear(other: FarClient): Promise<readonly number[]> {
    this.#ear ??= await this.#openEar();
    const producerId = other.#microphone?.producerId;
    if (producerId === undefined) throw new Error('nobody speaks');
    const [consumer] = await waitFor(() => this.peer.consume([producerId]));
    const delays: number[] = [];
    this.#delays.set(consumer!.rtpParameters.encodings?.[0]?.ssrc ?? 0, delays);
    await this.peer.request('consumer:resume', { consumerIds: [consumer!.consumerId] });
    return delays;
  }

  async leave(): Promise<void> {
    this.#microphone?.close();
    this.#ear?.close();
    await this.peer.leave();
  }

  async #openEar(): Promise<RtpEndpoint> {
    const ear = new RtpEndpoint('receive', 0, { from: this.#from });
    ear.onReceived = ({ ssrc, sentAt }) => this.#delays.get(ssrc)?.push(performance.now() - sentAt);
    await ear.connect(this.peer, this.peer.joined.transports);
    return ear;
  }
}
