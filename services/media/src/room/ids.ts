import { z } from 'zod';

/** Rooms are named by their caller: opaque here, printable, bounded, never a prototype key. */
export const roomIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,64}$/)
  .brand<'RoomId'>();

export type RoomId = z.infer<typeof roomIdSchema>;
