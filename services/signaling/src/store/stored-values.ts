import {
  chatMessageSchema,
  peerIdSchema,
  peerRecordSchema,
  permissionSchema,
  reactionSchema,
  roomRecordSchema,
  traceIdSchema,
  type RoomRecord,
} from '@parley/proto';
import { z } from 'zod';
import type { LivePeer, RoomEvent, SessionId } from './live-room-store.ts';

/*
 * How values look in Redis: JSON with the number of its form. What is read is parsed, because another version of this
 * service may have written it.
 */

const FORM = z.literal(1);
const sessionIdSchema = z.string().transform((id) => id as SessionId);
const leaveReasonSchema = z.enum(['left', 'timed-out', 'failed']);

const livePeerSchema = z.object({
  record: peerRecordSchema,
  sessionId: sessionIdSchema,
  instanceId: z.string(),
  resumeSecretHashes: z.array(z.string()),
  permissions: z.array(permissionSchema),
  traceId: traceIdSchema,
  attendanceId: z.string(),
  mediaNodeId: z.string().nullable(),
  expiresAt: z.number().nullable(),
}) satisfies z.ZodType<LivePeer>;

const roomEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('room-updated'), room: roomRecordSchema }),
  z.object({ type: z.literal('room-moved'), mediaNodeId: z.string() }),
  z.object({ type: z.literal('peer-joined'), peer: peerRecordSchema }),
  z.object({ type: z.literal('peer-updated'), peer: peerRecordSchema }),
  z.object({ type: z.literal('peer-claimed'), peerId: peerIdSchema, sessionId: sessionIdSchema }),
  z.object({ type: z.literal('peer-media-closed'), peerId: peerIdSchema, sessionId: sessionIdSchema }),
  z.object({ type: z.literal('peer-left'), peerId: peerIdSchema, reason: leaveReasonSchema }),
  z.object({ type: z.literal('peer-reacted'), peerId: peerIdSchema, reaction: reactionSchema }),
  z.object({ type: z.literal('chat-received'), message: chatMessageSchema }),
]) satisfies z.ZodType<RoomEvent>;

/** Text to value and back; `parse` throws on what is not of this form. */
function stored<T>(schema: z.ZodType<T>) {
  const form = z.object({ form: FORM, value: schema });
  return {
    parse: (text: string): T => form.parse(JSON.parse(text)).value,
    write: (value: T): string => JSON.stringify({ form: 1, value }),
  };
}

export const storedPeer = stored<LivePeer>(livePeerSchema);
export const storedRoom = stored<RoomRecord>(roomRecordSchema);
export const storedEvent = stored<RoomEvent>(roomEventSchema);
export const storedReason = {
  parse: (text: string | null) => leaveReasonSchema.nullable().parse(text) ?? undefined,
};
