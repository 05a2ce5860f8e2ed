import { EventEmitter } from 'node:events';
import type { SpeakersState } from '../router/speakers.ts';
import { mergeSpeech, NO_VERDICT, type SpeechVerdict } from './speech-verdict.ts';

type RoomSpeakersEvents = { changed: [SpeakersState] };

/** The speakers of one router. */
export interface ReportedSpeakers {
  readonly state: SpeakersState;
  on(event: 'changed', listener: () => void): unknown;
}

/** Each router reports every 250 ms. Reports of one moment make one verdict. */
const GATHER_MS = 10;
/** While the same people speak in the same order, their levels are news only so often. */
const LEVELS_MS = 250;

/** The active speakers of a room, and the dominant one, over all its routers. With one router, what that reports. */
export class RoomSpeakers extends EventEmitter<RoomSpeakersEvents> {
  readonly #routers = new Set<ReportedSpeakers>();
  #verdict: SpeechVerdict<ReportedSpeakers> = NO_VERDICT;
  #gatherTimer: NodeJS.Timeout | undefined;
  #levelsTimer: NodeJS.Timeout | undefined;
  #emittedAtMs = 0;
  #closed = false;

  get state(): SpeakersState {
    const { speakers, dominantPeerId } = this.#verdict;
    return { speakers, dominantPeerId };
  }

  /** Ends the merging. The speakers of each router belong to that. */
  close(): void {
    this.#closed = true;
    this.#clearTimers();
    this.#routers.clear();
    this.removeAllListeners();
  }

  add(speakers: ReportedSpeakers): void {
    this.#routers.add(speakers);
    speakers.on('changed', () => this.#handleReport());
  }

  /** Call it before the speakers of a router are closed. */
  remove(speakers: ReportedSpeakers): void {
    if (this.#routers.delete(speakers)) this.#handleReport();
  }

  #handleReport(): void {
    if (this.#closed) return;
    if (this.#routers.size > 1) this.#gatherTimer ??= setTimeout(() => this.#merge(), GATHER_MS);
    else this.#pass();
  }

  /** One router decides alone, and at once. */
  #pass(): void {
    this.#clearTimers();
    const [only] = this.#routers;
    const leader = only && { of: only, heardAtMs: performance.now() };
    this.#emit({ ...NO_VERDICT, ...only?.state, leader });
  }

  #merge(): void {
    this.#clearTimers();
    const now = performance.now();
    const reports = new Map([...this.#routers].map((speakers) => [speakers, speakers.state]));
    const verdict = mergeSpeech(this.#verdict, reports, now);
    const dueMs = this.#emittedAtMs + LEVELS_MS - now;
    if (isNews(this.#verdict, verdict) || dueMs <= 0) this.#emit(verdict);
    else {
      this.#verdict = { ...this.#verdict, leader: verdict.leader, rival: verdict.rival };
      this.#levelsTimer = setTimeout(() => this.#merge(), dueMs);
    }
  }

  #clearTimers(): void {
    clearTimeout(this.#gatherTimer);
    clearTimeout(this.#levelsTimer);
    this.#gatherTimer = undefined;
  }

  #emit(verdict: SpeechVerdict<ReportedSpeakers>): void {
    this.#verdict = verdict;
    this.#emittedAtMs = performance.now();
    this.emit('changed', this.state);
  }
}

/** Whether others speak, or in another order. */
function isNews(before: SpeakersState, after: SpeakersState): boolean {
  const order = ({ speakers, dominantPeerId }: SpeakersState): string =>
    [dominantPeerId, ...speakers.map(({ producerId }) => producerId)].join(' ');
  return order(before) !== order(after);
}
