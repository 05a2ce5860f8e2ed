import type { TraceId } from '@parley/proto/ids';
import { regionSchema, type Region } from '@parley/proto/regions';
import type { SignalingInstances } from './signaling-instances.ts';

/** As often as signaling asks the media nodes. */
const KEPT_MS = 1_000;

type Answer = { readonly regions: Promise<Region[]>; readonly at: number };

/** The regions of signaling. Every page asks for them, so one answer does for all within a second. */
export class SignalingRegions {
  readonly #signaling: Pick<SignalingInstances, 'call'>;
  readonly #now: () => number;
  #last: Answer | undefined;

  constructor(signaling: Pick<SignalingInstances, 'call'>, now: () => number = () => performance.now()) {
    this.#signaling = signaling;
    this.#now = now;
  }

  /** Rejects with ParleyError. A failure is not kept. */
  list(traceId: TraceId): Promise<Region[]> {
    const now = this.#now();
    if (this.#last !== undefined && now - this.#last.at < KEPT_MS) return this.#last.regions;
    const answer = { regions: this.#ask(traceId), at: now };
    this.#last = answer;
    answer.regions.catch(() => {
      if (this.#last === answer) this.#last = undefined;
    });
    return answer.regions;
  }

  async #ask(traceId: TraceId): Promise<Region[]> {
    const { regions } = await this.#signaling.call('listRegions', {}, traceId);
    return regions.map((region) => regionSchema.parse(region));
  }
}
