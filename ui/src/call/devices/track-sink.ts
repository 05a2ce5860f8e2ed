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
