import type { types } from 'mediasoup-client';
import { readStats } from '../base/read-stats.ts';

const READ_EVERY_MS = 1_000;
/** A microphone that works gives noise at least. */
export const SOUNDLESS_MS = 5_000;

type SourceStat = { type: string; totalAudioEnergy?: number };

type SoundWatchOptions = {
  /** What sends the microphone; null while nothing does. */
  producer: () => types.Producer | null;
  onSoundless: (soundless: boolean) => void;
};

/** Notices a microphone that is sent and gives only zeros. In a browser that does not count the energy of its source, nothing is noticed. */
export class SoundWatch {
  readonly #options: SoundWatchOptions;
  readonly #timer: ReturnType<typeof setInterval>;
  #sent: types.Producer | null = null;
  #energy: number | null = null;
  #changedAt = 0;
  #soundless = false;
  #reading = false;
  #closed = false;

  constructor(options: SoundWatchOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.#read(), READ_EVERY_MS);
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
  }

  async #read(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    const producer = this.#options.producer();
    const energy = producer === null || producer.paused ? null : await energyOf(producer);
    this.#reading = false;
    if (!this.#closed) this.#update(producer, energy, performance.now());
  }

  #update(producer: types.Producer | null, energy: number | null, now: number): void {
    if (energy === null || producer !== this.#sent || energy !== this.#energy) this.#changedAt = now;
    this.#sent = producer;
    this.#energy = energy;
    const soundless = now - this.#changedAt >= SOUNDLESS_MS;
    if (soundless === this.#soundless) return;
    this.#soundless = soundless;
    this.#options.onSoundless(soundless);
  }
}

/** The sound of the source so far, as the browser counts it; null: it does not, or the producer is gone. */
async function energyOf(producer: types.Producer): Promise<number | null> {
  const stats = await readStats<SourceStat>(producer);
  return stats.find(({ type }) => type === 'media-source')?.totalAudioEnergy ?? null;
}
