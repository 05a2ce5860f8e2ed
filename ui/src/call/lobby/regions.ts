import type { Region, RegionTimes } from '@parley/proto/regions';
import { asFailure } from '../base/call-failure.ts';
import type { ClientLog } from '../base/log.ts';
import { RestClient } from '../base/rest-client.ts';
import { pageLog } from '../telemetry/page-log.ts';
import { measureRoundTrip } from './round-trip.ts';

/** A place in the lobby waits for the answer, and a server without regions answers at once. */
const REST_TIMEOUT_MS = 2_000;

type RegionsOptions = {
  /** Scheme, host and port of REST. Default: the origin of the page. */
  origin?: string;
  /** Resolves with null for a region that does not answer in time. Default: by STUN. */
  measure?: (probes: Region['probes']) => Promise<number | null>;
  log?: ClientLog;
};

/**
 * How far the regions of the server are from this browser. They are measured before Join, so that the media of the person is near them; what
 * is not known by then is left out. The servers learn nothing of the room, nor of who asks.
 */
export class Regions {
  readonly #rest: RestClient;
  readonly #measure: NonNullable<RegionsOptions['measure']>;
  readonly #log: ClientLog;
  #times: RegionTimes = [];
  #measuring: Promise<void> = Promise.resolve();

  constructor({ origin = '', measure = measureRoundTrip, log = pageLog() }: RegionsOptions = {}) {
    this.#rest = new RestClient({ origin, traceId: () => null, timeoutMs: REST_TIMEOUT_MS });
    this.#measure = measure;
    this.#log = log;
  }

  /** Those that are known now. Empty where there are fewer than two regions. */
  get times(): RegionTimes {
    return this.#times;
  }

  /** Resolves when nothing is being measured. */
  get settled(): Promise<void> {
    return this.#measuring;
  }

  /** Measures anew, also while a measurement is under way: its network may be gone. Never rejects. */
  measure(): Promise<void> {
    this.#times = [];
    const measuring: Promise<void> = this.#measureAll().then((times) => {
      if (this.#measuring === measuring) this.#times = times;
    });
    this.#measuring = measuring;
    return measuring;
  }

  async #measureAll(): Promise<RegionTimes> {
    try {
      const { regions } = await this.#rest.call('listRegions', {});
      if (regions.length < 2) return [];
      const measured = await Promise.all(
        regions.map(async ({ name, probes }) => ({ region: name, rttMs: await this.#measure(probes) })),
      );
      const times = measured.flatMap(({ region, rttMs }) => (rttMs === null ? [] : [{ region, rttMs }]));
      this.#log('info', 'regions measured', {
        times: times.map(({ region, rttMs }) => `${region} ${rttMs} ms`).join(', '),
      });
      return times;
    } catch (error) {
      this.#log('info', 'regions not measured', { code: asFailure(error).code });
      return [];
    }
  }
}
