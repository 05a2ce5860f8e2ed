import type { registrationSchema, roomCreationSchema } from '@parley/proto/rest';
import type { z } from 'zod';

/** What the operator of the server allows people without an account. */
export type AccountPolicy = {
  /** Whether people without an account may use rooms. */
  readonly guests: boolean;
  readonly registration: z.output<typeof registrationSchema>;
  readonly roomCreation: z.output<typeof roomCreationSchema>;
};

export const EVERYTHING_OPEN: AccountPolicy = Object.freeze({
  guests: true,
  registration: 'open',
  roomCreation: 'anybody',
});
