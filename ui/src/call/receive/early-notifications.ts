import type { ConsumerId } from '@parley/proto/ids';
import type { RemoteStream } from './remote-stream.ts';

export type StreamFacts = Partial<Pick<RemoteStream, 'score' | 'producerScore' | 'current'>>;

const KEPT_MAX = 256;

/** Notifications about consumers that this browser is still setting up. They may arrive before the reply that created the consumers. */
export class EarlyNotifications {
  readonly #facts = new Map<ConsumerId, StreamFacts>();
  readonly #closed = new Set<ConsumerId>();

  note(consumerId: ConsumerId, facts: StreamFacts): void {
    this.#facts.set(consumerId, { ...this.#facts.get(consumerId), ...facts });
    dropOldest(this.#facts);
  }

  noteClosed(consumerId: ConsumerId): void {
    this.#closed.add(consumerId);
    dropOldest(this.#closed);
  }

  wasClosed(consumerId: ConsumerId): boolean {
    return this.#closed.has(consumerId);
  }

  /** Returns the facts about a consumer and removes them from this collection. */
  take(consumerId: ConsumerId): StreamFacts {
    const facts = this.#facts.get(consumerId) ?? {};
    this.#facts.delete(consumerId);
    return facts;
  }

  clear(): void {
    this.#facts.clear();
    this.#closed.clear();
  }
}

/** The facts about a consumer that is never set up are never taken. Without this limit they would pile up. */
function dropOldest(kept: Map<ConsumerId, unknown> | Set<ConsumerId>): void {
  const [oldest] = kept.keys();
  if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest);
}
