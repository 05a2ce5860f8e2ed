/** Where a captured track goes. Owned by the sources; the call's publications implement it, the preview has none. */
export interface TrackSink {
  /** Sends this track instead of whatever was sent before. Synchronous: the work is done behind it. */
  attach(track: MediaStreamTrack): void;
  /** From this moment nothing is sent. */
  detach(): void;
}
