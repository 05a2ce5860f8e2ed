import { dtlsParameters } from '@parley/common/testing';
import { ask, type Client } from '../crowd/ask.ts';
import { JOIN_REQUEST, type CrowdSystem } from '../crowd/crowd-system.ts';

type Transports = Record<'send' | 'receive', { transportId: string }>;

/** Somebody who has come into a room, or has not. */
export type Arrival = {
  /** From the first byte of the socket until both transports know the client. */
  tookMs: number;
  /** When it was complete, on the clock of this process. */
  atMs: number;
  failure?: string;
  leave: () => Promise<void>;
};

/** Opens a socket, joins and connects both transports, as a page does. */
export async function arrive(system: CrowdSystem, code: string): Promise<Arrival> {
  const startedAt = performance.now();
  let client: Client | undefined;
  const end = (failure?: string): Arrival => {
    const atMs = performance.now();
    const outcome = failure === undefined ? {} : { failure };
    return { tookMs: atMs - startedAt, atMs, ...outcome, leave: async () => leave(client) };
  };
  try {
    const joining = (client = await system.connect(code, 'participant'));
    const { transports } = await ask<{ transports: Transports }>(joining, 'room:join', JOIN_REQUEST);
    await Promise.all(
      [transports.send, transports.receive].map(({ transportId }) =>
        ask(joining, 'transport:connect', { transportId, dtlsParameters: dtlsParameters() }),
      ),
    );
    return end();
  } catch (error) {
    return end(error instanceof Error ? error.message : String(error));
  }
}

async function leave(client: Client | undefined): Promise<void> {
  if (client === undefined) return;
  if (client.connected) await ask(client, 'room:leave', {}).catch(() => undefined);
  client.close();
}
