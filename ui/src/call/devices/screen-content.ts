/** `text` is sent sharp with few frames, `motion` smooth with many. */
export type ScreenContent = 'text' | 'motion';

/** What is shared, as the browser says it; null where it does not say. */
export type ScreenSurface = 'monitor' | 'window' | 'browser' | null;

/** A tab with sound plays a video at this many frames in a second; slow films and bad lines included. */
const FILM_FRAMES = 12;
/** Without sound, only a player or a game draws so often: scrolling and typing do not, or not for long. */
const SILENT_FILM_FRAMES = 20;
const STILL_FRAMES = 6;
const SECONDS_TO_MOTION = 3;
/** A film may pause, or show a still picture for some seconds. */
const SECONDS_TO_TEXT = 8;

/**
 * Chooses between text and motion by what is shared. Begins with text: text that blurs for some seconds is worse than a
 * film that stutters for three. A whole screen stays text, because the moving pictures on it may be those of the call.
 */
export class ScreenContentChooser {
  readonly #framesToMotion: number;
  #content: ScreenContent = 'text';
  /** Seconds in a row that speak for the other content. */
  #seconds = 0;

  constructor(surface: ScreenSurface, hasSound: boolean) {
    if (surface === null || surface === 'monitor') this.#framesToMotion = Infinity;
    else this.#framesToMotion = surface === 'browser' && hasSound ? FILM_FRAMES : SILENT_FILM_FRAMES;
  }

  get content(): ScreenContent {
    return this.#content;
  }

  /** Called about once in a second with the frames that the surface drew in a second. */
  measured(framesPerSecond: number): ScreenContent {
    const isText = this.#content === 'text';
    const speaksForOther = isText ? framesPerSecond >= this.#framesToMotion : framesPerSecond < STILL_FRAMES;
    this.#seconds = speaksForOther ? this.#seconds + 1 : 0;
    if (this.#seconds >= (isText ? SECONDS_TO_MOTION : SECONDS_TO_TEXT)) {
      this.#content = isText ? 'motion' : 'text';
      this.#seconds = 0;
    }
    return this.#content;
  }
}

export function surfaceOf(track: MediaStreamTrack): ScreenSurface {
  const { displaySurface } = track.getSettings();
  return displaySurface === 'monitor' || displaySurface === 'window' || displaySurface === 'browser'
    ? displaySurface
    : null;
}
