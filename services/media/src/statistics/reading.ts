/** What has arrived of a stream or on a transport since its beginning. */
export type Reading = {
  readonly bytes: number;
  /** An estimate for a transport, of which the worker counts no packets: hardly too low, and too high for packets without a producer. */
  readonly packets: number;
  /** On the clock of the worker. */
  readonly atMs: number;
};
