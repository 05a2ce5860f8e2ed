import { z } from 'zod';

/**
 * The caller names the room: the media node reads nothing into the id. It is printable, bounded, and never a
 * prototype key.
 */
export const roomIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,64}$/)
  .brand<'RoomId'>();

export type RoomId = z.infer<typeof roomIdSchema>;
