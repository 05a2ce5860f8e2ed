import { EventEmitter } from 'node:events';
import type { PeerId, ProducerId } from '@parley/proto/ids';
import type { PeerConsumer } from '../router/peer-consumer.ts';
import type { SpeakersState } from '../router/speakers.ts';
import { VoicePool, type VoiceChange } from './voice-pool.ts';

/** The voices that are forwarded; undefined while all of them are. */
export type ForwardedVoices = readonly ProducerId[] | undefined;

type RoomVoicesEvents = { changed: [ForwardedVoices] };

/** Open microphones. */
export type VoiceCount = { forwarded: number; heldBack: number };

type RoomVoicesOptions = {
  /** The most voices that are forwarded. */
  size: number;
  /** The consumers of a producer, of all peers. */
  consumersOf: (producerId: ProducerId) => readonly Pick<PeerConsumer, 'setHeldBack'>[];
  metrics: { voicesChanged(before: VoiceCount, now: VoiceCount): void };
};

interface Microphone {
  readonly id: ProducerId;
  readonly record: { readonly paused: boolean };
  on(event: 'resuming' | 'paused', listener: () => void): unknown;
}

/** Which microphones of a room are forwarded to those who consume them. */
export class RoomVoices extends EventEmitter<RoomVoicesEvents> {
  readonly #options: RoomVoicesOptions;
  readonly #pool: VoicePool;
  /** As the metrics have it. */
  #counted: VoiceCount = { forwarded: 0, heldBack: 0 };
  #reported = '';

  constructor(options: RoomVoicesOptions, pool: VoicePool = new VoicePool(options.size)) {
    super();
    this.#options = options;
    this.#pool = pool;
    pool.on('changed', (change) => this.#handleChanged(change));
  }

  get forwarded(): ForwardedVoices {
    return this.#pool.heldBack.length === 0 ? undefined : this.#pool.members;
  }

  /** Reports that nothing is held back any more: a room that is opened anew reports voices only when it holds one back. */
  close(): void {
    this.#pool.close();
    this.#look();
    this.removeAllListeners();
  }

  add(peerId: PeerId, microphone: Microphone): void {
    microphone.on('resuming', () => this.unmuted(peerId, microphone.id));
    microphone.on('paused', () => this.#handleMuted(microphone.id));
    if (!microphone.record.paused) this.unmuted(peerId, microphone.id);
  }

  /**
   * Call it before the packets of a microphone arrive, if it was not added: it is on another node.
   *
   * @param agoMs For how long it has been open.
   */
  unmuted(peerId: PeerId, producerId: ProducerId, agoMs = 0): void {
    this.#pool.unmuted(peerId, producerId, agoMs);
    this.#look();
  }

  /** Call it when a producer was closed, or muted if it was not added. */
  remove(producerId: ProducerId): void {
    this.#handleMuted(producerId);
  }

  /** Call it when a peer has left. */
  removePeer(peerId: PeerId): void {
    this.#pool.setHand(peerId, false);
  }

  setHand(peerId: PeerId, raised: boolean): void {
    this.#pool.setHand(peerId, raised);
  }

  hasHandUp(peerId: PeerId): boolean {
    return this.#pool.hasHandUp(peerId);
  }

  heard({ speakers }: Pick<SpeakersState, 'speakers'>): void {
    this.#pool.heard(speakers);
  }

  /** Call it with each new consumer, before it is resumed. */
  consumerMade(consumer: Pick<PeerConsumer, 'setHeldBack' | 'producer'>): void {
    consumer.setHeldBack(this.#pool.isHeldBack(consumer.producer.producerId));
  }

  #handleMuted(producerId: ProducerId): void {
    this.#pool.muted(producerId);
    this.#look();
  }

  /** First those that go, so that nobody receives more than the pool holds. */
  #handleChanged({ heldBack, freed }: VoiceChange): void {
    const { consumersOf } = this.#options;
    for (const id of heldBack) for (const consumer of consumersOf(id)) consumer.setHeldBack(true);
    for (const id of freed) for (const consumer of consumersOf(id)) consumer.setHeldBack(false);
    this.#look();
  }

  #look(): void {
    const { members, heldBack } = this.#pool;
    const counted = { forwarded: members.length, heldBack: heldBack.length };
    this.#options.metrics.voicesChanged(this.#counted, counted);
    this.#counted = counted;
    const reported = heldBack.length === 0 ? '' : members.join(' ');
    if (reported === this.#reported) return;
    this.#reported = reported;
    this.emit('changed', this.forwarded);
  }
}
