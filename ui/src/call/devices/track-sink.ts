import type { ScreenContent } from '../screen/screen-content.ts';

/** Takes a captured track and sends it. `Publication` implements this interface; the preview has no sink. */
export interface TrackSink {
  /**
   * Sends this track instead of the previous one. Returns at once, and the work goes on asynchronously. The caller
   * stops the track.
   */
  attach(track: MediaStreamTrack): void;
  /** Stops sending in the same task. */
  detach(): void;
}

/** Takes a track whose sending can be paused while its capture goes on. */
export interface PausableSink extends TrackSink {
  /**
   * While paused, nothing is sent, and the others see that the producer is paused. Begins in the same task, and ends with
   * `detach`.
   */
  setPaused(paused: boolean): void;
}

/** Takes the picture of a shared screen. */
export interface ScreenSink extends PausableSink {
  /** Sends the picture as text or as motion, from now on. */
  setContent(content: ScreenContent): void;
  /** The frames that the screen has drawn since it is shared; null if they are not known. */
  countFrames(): Promise<number | null>;
}
