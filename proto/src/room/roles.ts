import { z } from 'zod';

export const roleSchema = z
  .enum(['owner', 'host', 'participant', 'viewer'])
  .describe(
    'What a person is in a room. The `owner` is the account or browser that the room belongs to, a `host` leads the call, a `viewer` only watches.',
  );
export type Role = z.infer<typeof roleSchema>;

/** Owner and hosts lead the call, and pass the lock, the waiting room and the passcode. */
export function leads(role: Role): boolean {
  return role === 'owner' || role === 'host';
}
