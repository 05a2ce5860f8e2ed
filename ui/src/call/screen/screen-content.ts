/** `text` is sent sharp with few frames, `motion` smooth with many. */
export type ScreenContent = 'text' | 'motion';

/** What is shared, as the browser says it; null where it does not say. */
export type ScreenSurface = 'monitor' | 'window' | 'browser' | null;

/** A surface draws like a film if it draws this many frames in a second for so many seconds in a row. */
type Film = { frames: number; seconds: number };

/** A tab with sound: slow films and bad lines included. */
const FILM: Film = { frames: 12, seconds: 3 };
/**
 * Without sound, only a player or a game draws so often for so long. Some browsers count the sent frames alone, and of
 * text 15 are sent.
 */
const SILENT_FILM: Film = { frames: 14, seconds: 5 };
const NEVER: Film = { frames: Infinity, seconds: Infinity };
/** A film may pause, or show a still picture for some seconds. */
const STILL = { frames: 6, seconds: 8 };

/**
 * Chooses between text and motion by what is shared. Begins with text: text that blurs for some seconds is worse than a
 * film that stutters for a few. A whole screen stays text, because the moving pictures on it may be those of the call.
 */
export class ScreenContentChooser {
  readonly #film: Film;
  #content: ScreenContent = 'text';
  /** Seconds in a row that speak for the other content. */
  #seconds = 0;

  constructor(surface: ScreenSurface, hasSound: boolean) {
    if (surface === null || surface === 'monitor') this.#film = NEVER;
    else this.#film = surface === 'browser' && hasSound ? FILM : SILENT_FILM;
  }

  get content(): ScreenContent {
    return this.#content;
  }

  /** Called about once in a second with the frames that the surface drew in a second. */
  measured(framesPerSecond: number): ScreenContent {
    const isText = this.#content === 'text';
    const isOther = isText ? framesPerSecond >= this.#film.frames : framesPerSecond < STILL.frames;
    this.#seconds = isOther ? this.#seconds + 1 : 0;
    if (this.#seconds >= (isText ? this.#film : STILL).seconds) {
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
