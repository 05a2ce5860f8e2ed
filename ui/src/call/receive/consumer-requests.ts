import type { ConsumerId } from '@parley/proto/ids';
import type { ConsumeResult } from '@parley/proto/requests';
import { BATCH_MAX } from '@parley/proto/rtp';
import { asFailure, type CallFailure } from '../base/call-failure.ts';
import type { Plan, WantedProducer } from './consumption-plan.ts';
import type { ClientLog } from '../base/log.ts';
import type { SignalingClient } from '../signaling/signaling-client.ts';

export type ConsumerRequestsOptions = {
  request: SignalingClient['request'];
  /** The server does not know at least one of these consumers. The owner must treat all of them as lost. */
  onUnknown: (consumerIds: readonly ConsumerId[]) => void;
  /** A request failed. A later plan will repeat it. */
  onFailed: () => void;
  log: ClientLog;
};

export type LayersChange = Plan['setLayers'][number];

/**
 * Sends the requests about consumers, in batches. No method rejects: each resolves with the part that succeeded, and
 * the next plan repeats the rest.
 */
export class ConsumerRequests {
  readonly #options: ConsumerRequestsOptions;

  constructor(options: ConsumerRequestsOptions) {
    this.#options = options;
  }

  async create(wanted: readonly WantedProducer[]): Promise<ConsumeResult[]> {
    // Sound comes at once: a word that begins now is lost with each round trip.
    const reply = await this.#attempt('consumer:create', [], () =>
      this.#create(wanted, { resumed: true }).catch((error: unknown) => {
        // Signaling of an older version does not know `resumed`.
        if (asFailure(error).code !== 'invalid_request') throw error;
        return this.#create(wanted, {});
      }),
    );
    return reply?.results ?? [];
  }

  resume(consumerIds: readonly ConsumerId[]): Promise<ConsumerId[]> {
    return this.#inBatches('consumer:resume', consumerIds);
  }

  pause(consumerIds: readonly ConsumerId[]): Promise<ConsumerId[]> {
    return this.#inBatches('consumer:pause', consumerIds);
  }

  close(consumerIds: readonly ConsumerId[]): Promise<ConsumerId[]> {
    return this.#inBatches('consumer:close', consumerIds);
  }

  async setLayers(changes: readonly LayersChange[]): Promise<LayersChange[]> {
    const done: LayersChange[] = [];
    for (const layers of inBatches(changes)) {
      const about = layers.map(({ consumerId }) => consumerId);
      const reply = await this.#attempt('consumer:set-layers', about, () =>
        this.#options.request('consumer:set-layers', { layers }),
      );
      if (reply !== null) done.push(...layers);
    }
    return done;
  }

  #create(
    wanted: readonly WantedProducer[],
    sound: { resumed?: true },
  ): Promise<{ results: ConsumeResult[] }> {
    const producers = wanted.map(({ producerId, layers }) =>
      layers === null ? { producerId, ...sound } : { producerId, preferredLayers: layers },
    );
    return this.#options.request('consumer:create', { producers });
  }

  async #inBatches(
    verb: 'consumer:resume' | 'consumer:pause' | 'consumer:close',
    consumerIds: readonly ConsumerId[],
  ): Promise<ConsumerId[]> {
    const done: ConsumerId[] = [];
    for (const batch of inBatches(consumerIds)) {
      const reply = await this.#attempt(verb, batch, () =>
        this.#options.request(verb, { consumerIds: batch }),
      );
      if (reply !== null) done.push(...batch);
    }
    return done;
  }

  /** Resolves with null if the request failed. */
  async #attempt<T>(verb: string, about: readonly ConsumerId[], ask: () => Promise<T>): Promise<T | null> {
    try {
      return await ask();
    } catch (error) {
      this.#handleFailure(verb, about, asFailure(error));
      return null;
    }
  }

  #handleFailure(verb: string, about: readonly ConsumerId[], failure: CallFailure): void {
    // The socket is lost. Its resume leads to a new plan.
    if (failure.code === 'network_unreachable' || failure.code === 'closed') return;
    this.#options.log('warn', 'consumption failed', { verb, code: failure.code });
    if (verb === 'consumer:close') return;
    if (failure.code === 'consumer_not_found') this.#options.onUnknown(about);
    this.#options.onFailed();
  }
}

export function inBatches<T>(items: readonly T[]): T[][] {
  const batches: T[][] = [];
  for (let start = 0; start < items.length; start += BATCH_MAX) {
    batches.push(items.slice(start, start + BATCH_MAX));
  }
  return batches;
}
