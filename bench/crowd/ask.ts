import type { CrowdSystem } from './crowd-system.ts';

const ANSWER_TIMEOUT_MS = 60_000;

export type Client = Awaited<ReturnType<CrowdSystem['connect']>>;
type Reply<T> = { ok: true; data: T } | { ok: false; error: { code: string } };

/** Resolves with what the server answers. Rejects with the code of a refusal. */
export async function ask<T>(client: Client, name: string, payload: object): Promise<T> {
  const reply = (await client.timeout(ANSWER_TIMEOUT_MS).emitWithAck(name, payload)) as Reply<T>;
  if (!reply.ok) throw new Error(`${name}: ${reply.error.code}`);
  return reply.data;
}
