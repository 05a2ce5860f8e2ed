import { z } from 'zod';
import { peerIdSchema } from '../base/ids.ts';
import { sourceSchema } from '../rtp/sources.ts';
import { roleSchema } from './roles.ts';

/** What somebody who leads a call may do to a person or to the room. Past tense: it is done. */
export const actKindSchema = z.enum([
  'muted',
  'asked-to-unmute',
  'stopped',
  'hand-lowered',
  'role-changed',
  'removed',
  'banned',
  'unbanned',
  'admitted',
  'denied',
  'all-muted',
  'hands-lowered',
  'locked',
  'unlocked',
  'settings-changed',
  'chat-cleared',
  'call-ended',
]);
export type ActKind = z.infer<typeof actKindSchema>;

/** One act as the person whom it concerns receives it. */
export const actSchema = z.strictObject({
  kind: actKindSchema,
  byPeerId: peerIdSchema.nullable().describe('null: the rules of the room did it, and no person.'),
  byName: z.string().max(64).nullable(),
  at: z.int().min(0).describe('milliseconds since the epoch'),
  source: sourceSchema.optional().describe('What was stopped.'),
  role: roleSchema.optional().describe('The new role.'),
});
export type Act = z.infer<typeof actSchema>;
