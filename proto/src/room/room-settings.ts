import { z } from 'zod';

/** Milliseconds since the epoch, to the year 5138. */
const epochMs = z.int().min(0).max(99_999_999_999_999);

export const CAPACITY_MAX = 1_000;
export const PASSCODE_MAX = 64;

export const whoMaySchema = z
  .enum(['everybody', 'hosts'])
  .describe('`hosts`: the owner and the hosts of the room.');
export type WhoMay = z.infer<typeof whoMaySchema>;

export const historyForLatecomersSchema = z
  .enum(['call', 'everything', 'nothing'])
  .describe(
    'Which messages somebody who comes later reads: those since the room was last empty, all that are kept, or none from before.',
  );
export type HistoryForLatecomers = z.infer<typeof historyForLatecomersSchema>;

/** What the people who lead a room decide about it. Everybody in the room may see it; the passcode is not part of it. */
export const roomSettingsSchema = z.strictObject({
  locked: z.boolean().describe('Nobody new may come in, except the owner and the hosts.'),
  hasPasscode: z.boolean().describe('The owner and the hosts need none.'),
  waitingRoom: z.boolean().describe('A host admits everybody who comes.'),
  guestsAllowed: z.boolean().describe('Whether people without an account may come in.'),
  mutedOnEntry: z.boolean(),
  whoMayShareScreen: whoMaySchema,
  whoMayChat: whoMaySchema,
  whoMayUnmute: whoMaySchema,
  whoMayStartVideo: whoMaySchema,
  capacity: z
    .int()
    .min(1)
    .max(CAPACITY_MAX)
    .nullable()
    .describe('People at the same time; null for as many as the server allows.'),
  opensAt: epochMs
    .nullable()
    .describe('Milliseconds since the Unix epoch; the owner and the hosts may come before.'),
  closesAt: epochMs
    .nullable()
    .describe('Milliseconds since the Unix epoch; from then on nobody may come in.'),
  historyForLatecomers: historyForLatecomersSchema,
  namesBeforeJoin: z
    .boolean()
    .optional()
    .describe(
      'People who are not in yet see who is in the call, and not only how many are. Absent as false. Said to those who may change it: over REST here, in a call by `door:changed`.',
    ),
});
export type RoomSettings = z.infer<typeof roomSettingsSchema>;

export const DEFAULT_ROOM_SETTINGS: RoomSettings = Object.freeze({
  locked: false,
  hasPasscode: false,
  waitingRoom: false,
  guestsAllowed: true,
  mutedOnEntry: false,
  whoMayShareScreen: 'everybody',
  whoMayChat: 'everybody',
  whoMayUnmute: 'everybody',
  whoMayStartVideo: 'everybody',
  capacity: null,
  opensAt: null,
  closesAt: null,
  historyForLatecomers: 'call',
});

/** Four characters at least: with the limit of attempts nobody guesses them while a call runs. */
export const passcodeSchema = z
  .string()
  .min(4)
  .max(PASSCODE_MAX)
  .regex(/^[^\p{Cc}]*$/u, { error: 'must not hold control characters' });

/** A change of settings: what is absent stays as it is. The passcode `null` removes the passcode. */
export const roomSettingsChangeSchema = roomSettingsSchema
  .omit({ hasPasscode: true })
  .partial()
  .extend({ passcode: passcodeSchema.nullable().optional() });
export type RoomSettingsChange = z.infer<typeof roomSettingsChangeSchema>;
