import type { PeerId } from '@parley/proto/ids';
import type { Source } from '@parley/proto/rtp';
import { BESIDE_MS } from '../receive/consumption-plan.ts';
import type { RemoteStream } from '../receive/remote-stream.ts';
import type { Transports } from './transports.ts';

/** After everything comes over the new transports, the others may still receive what goes over the former ones. */
const OTHERS_FOLLOW_MS = 3_000;
/** The longest time that the former transports carry on. The server keeps them as long. */
const CARRIED_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 200;

export type FormerMediaOptions = {
  transports: Transports;
  /** What came over these transports. */
  streams: readonly RemoteStream[];
  /** Whether the new transports bring this, or nobody sends it any more. */
  isReplaced: (stream: RemoteStream) => boolean;
  /** Some of the streams are shown no more. */
  onReplaced: () => void;
  /** The transports are closed. */
  onOver: (isComplete: boolean) => void;
};

/**
 * The transports to a node that this peer has left. They carry on until the new ones bring everything, so that nobody notices the move. Nothing
 * about them is asked of the server.
 */
export class FormerMedia {
  readonly transports: Transports;
  readonly #options: FormerMediaOptions;
  readonly #streams: Set<RemoteStream>;
  /** Pictures that are shown no more, and since when. */
  readonly #ending = new Map<RemoteStream, number>();
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #begunAt = performance.now();
  #replacedAt: number | null = null;
  #closed = false;

  constructor(options: FormerMediaOptions) {
    this.#options = options;
    this.transports = options.transports;
    this.#streams = new Set(options.streams);
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
  }

  get streams(): Iterable<RemoteStream> {
    return this.#streams;
  }

  find(peerId: PeerId, source: Source): RemoteStream | undefined {
    return Array.from(this.#streams).find((stream) => stream.peerId === peerId && stream.source === source);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#timer);
    this.#streams.clear();
    this.transports.close();
  }

  /** Two pictures of everybody are much to decode. */
  #endPictures(now: number): void {
    for (const [stream, since] of this.#ending) {
      if (now - since < BESIDE_MS) continue;
      this.#ending.delete(stream);
      stream.consumer.close();
    }
  }

  #look(): void {
    const now = performance.now();
    const replaced = Array.from(this.#streams).filter((stream) => this.#options.isReplaced(stream));
    for (const stream of replaced) {
      this.#streams.delete(stream);
      if (stream.consumer.kind === 'video') this.#ending.set(stream, now);
    }
    this.#endPictures(now);
    if (replaced.length > 0) this.#options.onReplaced();
    if (this.#streams.size === 0) this.#replacedAt ??= now;
    const isComplete = this.#replacedAt !== null && now - this.#replacedAt >= OTHERS_FOLLOW_MS;
    if (!isComplete && now - this.#begunAt < CARRIED_WITHIN_MS) return;
    this.close();
    this.#options.onOver(isComplete);
  }
}
