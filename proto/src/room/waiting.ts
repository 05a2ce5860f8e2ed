import { z } from 'zod';
import { peerIdSchema } from '../base/ids.ts';

/** The most people before the door of one room. */
export const WAITING_MAX = 50;

export const waitingPersonSchema = z.strictObject({
  peerId: peerIdSchema.describe('The peer that the person will be, if somebody admits it.'),
  displayName: z.string().max(64),
  guest: z.boolean().describe('Whether the person has no account.'),
  knockedAt: z.int().min(0).describe('milliseconds since the epoch'),
  connected: z.boolean().describe('false while the socket of the person is lost and the place is kept.'),
});
/** Somebody before the door, as those see it who may admit. */
export type WaitingPerson = z.infer<typeof waitingPersonSchema>;
