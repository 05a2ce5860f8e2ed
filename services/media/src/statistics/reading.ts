/** What has arrived of a stream or on a transport since its beginning. */
export type Reading = {
  readonly bytes: number;
  /** 0 for a transport: the worker does not count its packets. */
  readonly packets: number;
  /** On the clock of the worker. */
  readonly atMs: number;
};
