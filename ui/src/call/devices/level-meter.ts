import { pagePlayback } from '../playback/playback.ts';

/**
 * Sound at FLOOR_DB or below has the level 0, sound at CEILING_DB or above the level 1. In dB relative to full scale.
 */
const FLOOR_DB = -60;
const CEILING_DB = -12;
/** The shown level falls by at most this much per second, and rises at once. */
const FALL_PER_SECOND = 2.5;

/** The loudness, 0 to 1, of samples from -1 to 1. */
export function levelOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const rms = Math.sqrt(sum / Math.max(1, samples.length));
  if (rms === 0) return 0;
  const decibels = 20 * Math.log10(rms);
  return Math.min(1, Math.max(0, (decibels - FLOOR_DB) / (CEILING_DB - FLOOR_DB)));
}

export function fall(previous: number, level: number, elapsedMs: number): number {
  return Math.max(level, previous - (FALL_PER_SECOND * elapsedMs) / 1000);
}

/** Measures the loudness of one track. Plays nothing, and does not stop the track. */
export class LevelMeter {
  readonly #context: AudioContext;
  readonly #analyser: AnalyserNode;
  readonly #source: MediaStreamAudioSourceNode;
  readonly #samples: Float32Array<ArrayBuffer>;
  readonly #release: () => void;
  #shown = 0;
  #readAt = 0;
  #closed = false;

  /** Returns null if the browser has no AudioContext. The preview then shows no level. */
  static create(track: MediaStreamTrack): LevelMeter | null {
    try {
      return new LevelMeter(track, new AudioContext());
    } catch {
      return null;
    }
  }

  private constructor(track: MediaStreamTrack, context: AudioContext) {
    this.#context = context;
    this.#analyser = context.createAnalyser();
    this.#analyser.fftSize = 1024;
    this.#samples = new Float32Array(this.#analyser.fftSize);
    this.#source = context.createMediaStreamSource(new MediaStream([track]));
    this.#source.connect(this.#analyser);
    this.#release = pagePlayback.keepContext(context);
  }

  read(): number {
    if (this.#closed) return 0;
    this.#analyser.getFloatTimeDomainData(this.#samples);
    const now = performance.now();
    this.#shown = fall(this.#shown, levelOf(this.#samples), now - this.#readAt);
    this.#readAt = now;
    return this.#shown;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#release();
    this.#source.disconnect();
    void this.#context.close().catch(() => {});
  }
}
