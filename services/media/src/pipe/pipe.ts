import { EventEmitter } from 'node:events';
import type { ConsumerSupply } from '../router/peer-consumer.ts';
import type { PipeEndCause } from '../router/sent-producer.ts';
import type { CarriedProducer } from './pipe-links.ts';

export type PipeTimes = {
  /** How long a pipe stays after its last consumer: people turn pages and come back. */
  lingerMs: number;
  /** How long a pipe forwards on when all its consumers are paused. */
  idleMs: number;
};

export const DEFAULT_PIPE_TIMES: PipeTimes = { lingerMs: 10_000, idleMs: 1_000 };

type PipeEvents = {
  /** It had no consumer for a while. The owner closes it. */
  expired: [];
};

/** One producer on one other router. It forwards while a consumer there is not paused, and expires after the last one. */
export class Pipe extends EventEmitter<PipeEvents> {
  readonly #carried: CarriedProducer;
  readonly #times: PipeTimes;
  /** What consumers have of it, and whether each is paused. */
  readonly #uses = new Map<ConsumerSupply, boolean>();
  #lingerTimer: NodeJS.Timeout | undefined;
  #idleTimer: NodeJS.Timeout | undefined;
  #closed = false;

  /** @param carried Belongs to the pipe, which closes it. It forwards when it is given. */
  constructor(carried: CarriedProducer, times: PipeTimes) {
    super();
    this.#carried = carried;
    this.#times = times;
    this.#look();
  }

  get useCount(): number {
    return this.#uses.size;
  }

  close(cause: PipeEndCause): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#lingerTimer);
    clearTimeout(this.#idleTimer);
    this.#uses.clear();
    this.#carried.close(cause);
    this.removeAllListeners();
  }

  /** For a new consumer, which is paused at first. */
  use(): ConsumerSupply {
    const use: ConsumerSupply = {
      setPaused: (paused) => this.#set(use, paused),
      release: () => this.#release(use),
    };
    this.#uses.set(use, true);
    this.#look();
    return use;
  }

  #set(use: ConsumerSupply, paused: boolean): void {
    if (!this.#uses.has(use)) return;
    this.#uses.set(use, paused);
    this.#look();
  }

  #release(use: ConsumerSupply): void {
    if (this.#uses.delete(use)) this.#look();
  }

  #look(): void {
    if (this.#closed) return;
    if (this.#uses.size > 0) {
      clearTimeout(this.#lingerTimer);
      this.#lingerTimer = undefined;
    } else {
      this.#lingerTimer ??= setTimeout(() => this.emit('expired'), this.#times.lingerMs);
    }
    const isWanted = [...this.#uses.values()].includes(false);
    if (isWanted) {
      clearTimeout(this.#idleTimer);
      this.#idleTimer = undefined;
      this.#carried.setRunning(true);
    } else {
      this.#idleTimer ??= setTimeout(() => this.#carried.setRunning(false), this.#times.idleMs);
    }
  }
}
