import type { ServerTrust } from '../trust/server-trust.ts';

/** What a server of a test proves itself with, and how its clients know it. */
export type ServerProof = {
  readonly certificatePath: string;
  readonly keyPath: string;
  readonly trust: ServerTrust;
};
