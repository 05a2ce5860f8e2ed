import { z } from 'zod';

/** The most names that somebody in the lobby reads. */
export const LOBBY_NAMES_MAX = 5;

/** The people in a room, as far as somebody may know who is not in it. */
export const lobbyPeopleSchema = z.strictObject({
  count: z.int().min(0).describe('All people in the room, those who only watch as well.'),
  names: z
    .array(z.string().max(64))
    .max(LOBBY_NAMES_MAX)
    .describe(
      'Some of them: those who lead the call first, then those who send something, and in the order of joining. Never of those who only watch. Empty where the room does not show names.',
    ),
});
export type LobbyPeople = z.infer<typeof lobbyPeopleSchema>;
