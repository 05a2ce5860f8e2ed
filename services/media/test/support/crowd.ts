import { setTimeout as pause } from 'node:timers/promises';
import { opusParameters, waitFor } from '@parley/common/testing';
import type { PeerId } from '@parley/proto/ids';
import { fromRtpParametersMessage } from '@parley/proto/media-rpc';
import type { RtpParameters } from '@parley/proto/rtp';
import { Streams } from './streams.ts';
import type { TestNode, TestPeer, TestWatch } from './test-node.ts';
import { opusFrame, WebRtcEnd } from './webrtc-end.ts';

const ROOM = 'crowd';
export const SILENCE = 127;

/** One media node of the room, with what it says of the room. */
type Place = { readonly node: TestNode; readonly watch: TestWatch };

/** People of one room on one media node or several: they come to the nodes in turn. */
export class Crowd {
  readonly places: readonly Place[];
  readonly speakers: Speaker[] = [];
  readonly listeners: Listener[] = [];
  readonly #streams = new Streams();

  constructor(nodes: readonly TestNode[]) {
    this.places = nodes.map((node) => ({ node, watch: node.watch(ROOM) }));
    this.#streams.open.push(...this.places.map(({ watch }) => watch));
  }

  async close(): Promise<void> {
    this.#streams.close();
    await Promise.all(this.places.map(({ node }) => node.close()));
  }

  async addSpeaker({ muted = false } = {}): Promise<Speaker> {
    const index = this.speakers.length;
    const speaker = new Speaker(this.#placeOf(index).node, index);
    await speaker.begin(this.#streams, muted);
    this.speakers.push(speaker);
    return speaker;
  }

  async addListener(): Promise<void> {
    const index = this.listeners.length;
    const listener = new Listener(this.#placeOf(index), `listener-${index}`, this.speakers);
    await listener.begin(this.#streams);
    this.listeners.push(listener);
  }

  /** The routers that people are on. */
  routersOf(people: readonly { readonly node: TestNode; readonly peerId: string }[]): Set<string> {
    return new Set(
      people.map(({ node, peerId }) => node.node.room(ROOM as never).peer(peerId as PeerId).router.id),
    );
  }

  #placeOf(index: number): Place {
    return this.places[index % this.places.length]!;
  }
}

/** The voices that the room forwards now on a node; undefined while it forwards all. */
export function poolOf({ watch }: Pick<Place, 'watch'>): readonly string[] | undefined {
  const last = watch.all('voicesChanged').at(-1);
  return last?.limited === true ? last.producerIds : undefined;
}

/** A person who sends packets all the time, also in silence. Those of a tone carry its name and their number. */
export class Speaker {
  readonly node: TestNode;
  readonly peerId: string;
  readonly #peer: TestPeer;
  readonly #ssrc: number;
  producerId = '';
  level = SILENCE;
  #tone: string | undefined;
  #sent = 0;

  constructor(node: TestNode, index: number) {
    this.node = node;
    this.peerId = `speaker-${index}`;
    this.#peer = node.peer(ROOM, this.peerId);
    this.#ssrc = 1_000 + index;
  }

  get sentOfTone(): number {
    return this.#sent;
  }

  async begin(streams: Streams, muted: boolean): Promise<void> {
    const { producerId } = await streams.publish(
      this.#peer,
      'microphone',
      opusParameters('0', this.#ssrc),
      () => this.#payload(),
      () => this.level,
      muted,
    );
    this.producerId = producerId;
  }

  async setMuted(paused: boolean): Promise<void> {
    const { producerId } = this;
    await this.node.client.call('setProducerPaused', { ...this.#peer.of, producerId, paused });
  }

  beginTone(): void {
    this.#tone = `tone of ${this.peerId}`;
    this.#sent = 0;
    this.level = 20;
  }

  #payload(): Buffer {
    if (this.#tone === undefined) return opusFrame();
    return Buffer.from(`${this.#tone}, packet ${this.#sent++};`.padEnd(60, '.'));
  }
}

/** Somebody who has consumers as a browser does: for the voices that the node names, or for all while it names none. */
export class Listener {
  readonly place: Place;
  readonly peerId: string;
  readonly #peer: TestPeer;
  readonly #speakers: readonly Speaker[];
  readonly #consumed = new Set<string>();
  #end: WebRtcEnd | undefined;
  #following = Promise.resolve();

  constructor(place: Place, peerId: string, speakers: readonly Speaker[]) {
    this.place = place;
    this.peerId = peerId;
    this.#peer = place.node.peer(ROOM, peerId);
    this.#speakers = speakers;
  }

  get node(): TestNode {
    return this.place.node;
  }

  async begin(streams: Streams): Promise<void> {
    const { receiveTransport } = await this.#peer.open();
    this.#end = new WebRtcEnd('receive', await this.#consume(this.#speakers[0]?.producerId ?? ''));
    streams.open.push(this.#end);
    await this.#peer.connect(receiveTransport?.transportId ?? '', await this.#end.answer(receiveTransport));
    await waitFor(() => this.#end?.open === true);
    await this.#follow();
    const timer = setInterval(() => {
      // The node may be closed at the end of the test. What is missing before that fails the test by itself.
      this.#following = this.#following.then(() => this.#follow()).catch(() => undefined);
    }, 5);
    streams.open.push({ close: () => clearInterval(timer) });
  }

  /** How many packets of each voice come within the time, in which the pool does not change. */
  async receivedIn(ms: number): Promise<number[]> {
    const packets = this.#end?.packets ?? [];
    const before = packets.length;
    const changes = this.#changes();
    await pause(ms);
    if (this.#changes() !== changes) return this.receivedIn(ms);
    const counts = new Map<number, number>();
    for (const packet of packets.slice(before)) {
      const ssrc = packet.readUInt32BE(8);
      counts.set(ssrc, (counts.get(ssrc) ?? 0) + 1);
    }
    return [...counts.values()];
  }

  /** The numbers of the packets of a tone that came. */
  tone(peerId: string): number[] {
    return (this.#end?.packets ?? []).flatMap((packet) => {
      const found = new RegExp(`tone of ${peerId}, packet (\\d+);`).exec(packet.toString('latin1'));
      return found?.[1] === undefined ? [] : [Number(found[1])];
    });
  }

  #changes(): number {
    return this.place.watch.all('voicesChanged').length;
  }

  async #follow(): Promise<void> {
    const wanted = poolOf(this.place) ?? this.#speakers.map(({ producerId }) => producerId);
    await Promise.all(wanted.filter((id) => !this.#consumed.has(id)).map((id) => this.#consume(id)));
  }

  async #consume(producerId: string): Promise<RtpParameters> {
    const speaker = this.#speakers.find((one) => one.producerId === producerId);
    const home = speaker === undefined || speaker.node === this.node ? '' : speaker.node.address;
    const items = [{ producerId, home, resumed: true }];
    const { results } = await this.node.client.call('consume', { ...this.#peer.of, items });
    const parameters = fromRtpParametersMessage(results[0]?.consumer?.rtpParameters);
    this.#consumed.add(producerId);
    return parameters;
  }
}
