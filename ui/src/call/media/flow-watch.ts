import type { types } from 'mediasoup-client';
import { Flow, type Progress } from './flow.ts';
import { readStats } from '../base/read-stats.ts';

const READ_EVERY_MS = 400;
/** Readings that are this far apart mean that the page, or the whole computer, stood still. */
const STOOD_STILL_MS = 3_000;
/** A path that brings nothing for this long may be lost. */
export const SUSPECT_MS = 1_000;
/** With the pace of the readings, a stream that stands still is seen within 2 s. */
export const SILENT_MS = 1_600;

/** A stream that should bring something now. `mid` names it in the statistics of its transport. */
export type ExpectedStream = { id: string; mid: string; isPicture: boolean };

type FlowStat = {
  type: string;
  mid?: string;
  packetsReceived?: number;
  framesDecoded?: number;
  responsesReceived?: number;
};

export type FlowWatchOptions = {
  /** The receiving transport; undefined while there is none. */
  transport: () => types.Transport | undefined;
  expected: () => readonly ExpectedStream[];
  onRead: () => void;
  /** The page, or the whole computer, stood still until now. */
  onWoke: () => void;
};

/** Looks at the page's own figures, because a picture that stands still looks like one of a person who sits still. */
export class FlowWatch {
  readonly #options: FlowWatchOptions;
  readonly #flow = new Flow();
  #timer: ReturnType<typeof setInterval> | null = null;
  #reading = false;
  /** Whether this browser counts what streams bring. In one that does not, the state of the connection has to do. */
  #counts = false;
  #readAt = 0;
  #readAtDate = 0;

  constructor(options: FlowWatchOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#timer !== null) return;
    this.#note();
    this.#timer = setInterval(() => void this.#read(), READ_EVERY_MS);
  }

  close(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  isSilent(id: string): boolean {
    return this.#flow.silentMs(id, performance.now()) >= SILENT_MS;
  }

  hasBegun(id: string): boolean {
    return !this.#counts || this.#flow.hasBegun(id);
  }

  /** Milliseconds since anything came over the path; 0 if nothing is expected. */
  get silentMs(): number {
    return this.#flow.allSilentMs(performance.now());
  }

  /** Whether each stream that is expected has begun, and none stands still. */
  get isWhole(): boolean {
    return (
      !this.#counts || (this.#flow.allBegun && this.#options.expected().every(({ id }) => !this.isSilent(id)))
    );
  }

  /** Whether a stream brought something since then, by `performance.now`, or nothing is expected. */
  movedSince(since: number): boolean {
    return !this.#counts || this.#flow.movedSince(since);
  }

  /** Whether the server has answered on the path since then, whatever the streams do. */
  pathMovedSince(since: number): boolean {
    return this.#flow.pathMovedSince(since);
  }

  async #read(): Promise<void> {
    const hasStoodStill = this.#hasStoodStill();
    this.#note();
    if (hasStoodStill) {
      this.#flow.forgive(performance.now());
      this.#options.onWoke();
    }
    if (this.#reading) return;
    this.#reading = true;
    const stats = await readStats<FlowStat>(this.#options.transport());
    this.#reading = false;
    if (this.#timer === null) return;
    const expected = this.#options.expected();
    this.#counts ||= stats.some((stat) => isInbound(stat) && expected.some(({ mid }) => mid === stat.mid));
    this.#flow.update(progressOf(expected, stats), pathCount(stats), performance.now());
    this.#options.onRead();
  }

  /** Whether the page stood still, by both clocks: some systems stop the clock of `performance` while they sleep. */
  #hasStoodStill(): boolean {
    const gapMs = Math.max(performance.now() - this.#readAt, Date.now() - this.#readAtDate);
    return gapMs > STOOD_STILL_MS;
  }

  #note(): void {
    this.#readAt = performance.now();
    this.#readAtDate = Date.now();
  }
}

function progressOf(expected: readonly ExpectedStream[], stats: readonly FlowStat[]): Progress[] {
  const byMid = new Map(stats.flatMap((stat) => (isInbound(stat) ? [[stat.mid, stat] as const] : [])));
  return expected.map(({ id, mid, isPicture }) => {
    const stat = byMid.get(mid);
    const packets = stat?.packetsReceived ?? 0;
    return { id, count: isPicture ? (stat?.framesDecoded ?? packets) : packets };
  });
}

/** Packets, reports about them, and answers to the checks of ICE. */
function pathCount(stats: readonly FlowStat[]): number {
  const ofPath = stats.filter(({ type }) => type === 'transport' || type === 'candidate-pair');
  return ofPath.reduce(
    (sum, { type, packetsReceived = 0, responsesReceived = 0 }) =>
      sum + (type === 'transport' ? packetsReceived : responsesReceived),
    0,
  );
}

function isInbound(stat: FlowStat): stat is FlowStat & { mid: string } {
  return stat.type === 'inbound-rtp' && stat.mid !== undefined;
}
