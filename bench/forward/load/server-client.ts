import type { TimedEndpoint } from './endpoint.ts';

/** How the load comes onto a server. Each server has its own. */
export interface ServerClient {
  /** The payload type of what endpoints send through this client. */
  readonly payloadType: number;
  /** Connects an endpoint that sends. Resolves with the name by which others receive it. */
  openSender(endpoint: TimedEndpoint): Promise<string>;
  /** Connects an endpoint that receives all of these. */
  openReceiver(endpoint: TimedEndpoint, from: readonly string[]): Promise<void>;
  close(): void;
}
