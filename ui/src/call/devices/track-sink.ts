/** Takes a captured track and sends it. The publications of a call implement it; the preview has none. */
export interface TrackSink {
  /** Sends this track instead of whatever was sent before. Synchronous: the work is done behind it. */
  attach(track: MediaStreamTrack): void;
  /** From this moment nothing is sent. */
  detach(): void;
}
