import { LevelMeter } from './level-meter.ts';

export type MakeMeter = (track: MediaStreamTrack) => Pick<LevelMeter, 'read' | 'close'> | null;

/** How loud one track is, which may become another one. */
export class TrackLevel {
  readonly #makeMeter: MakeMeter;
  #meter: ReturnType<MakeMeter> = null;
  #track: MediaStreamTrack | null = null;

  constructor(makeMeter: MakeMeter = (track) => LevelMeter.create(track)) {
    this.#makeMeter = makeMeter;
  }

  /** Measures this track from now on. Null: none; it frees what it measured with. */
  follow(track: MediaStreamTrack | null): void {
    if (track === this.#track) return;
    this.#track = track;
    this.#meter?.close();
    this.#meter = track === null ? null : this.#makeMeter(track);
  }

  /** The loudness now, 0 to 1. Cheap enough for each animation frame. */
  readonly read = (): number => this.#meter?.read() ?? 0;
}
