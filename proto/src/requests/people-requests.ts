import { z } from 'zod';
import { peerIdSchema } from '../base/ids.ts';
import { peerRecordSchema } from '../room/records.ts';

/** The most people of one page. */
const PEOPLE_PAGE_MAX = 50;

const placeSchema = z
  .strictObject({ joinedAt: z.int().min(0), peerId: peerIdSchema })
  .describe('The last person of a page.');

/** The part of REQUESTS for lists of people. */
export const PEOPLE_REQUESTS = {
  'people:list': {
    description:
      'A page of the people in the room, in the order of joining, and this peer with them. `search`: only those whose name has this text in it, however it is written in capitals. `after`: what the page before named as its `next`. In a crowd the snapshot has a part of the people, and this request has all.',
    phase: 'joined',
    rate: { burst: 20, perSecond: 4 },
    request: z.strictObject({
      search: z.string().max(64).optional(),
      after: placeSchema.optional(),
      limit: z.int().min(1).max(PEOPLE_PAGE_MAX).default(PEOPLE_PAGE_MAX),
    }),
    response: z.strictObject({
      people: z.array(peerRecordSchema).max(PEOPLE_PAGE_MAX),
      matches: z.int().min(0).describe('How many there are on all pages.'),
      next: placeSchema.nullable().describe('For the next page; null on the last one.'),
    }),
  },
} as const;
