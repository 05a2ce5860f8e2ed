import { z } from 'zod';
import { peerIdSchema } from '../base/ids.ts';
import { roleSchema } from '../room/roles.ts';
import { roomSettingsChangeSchema } from '../room/room-settings.ts';
import { WAITING_MAX } from '../room/waiting.ts';

const empty = z.strictObject({});
const ofPeer = z.strictObject({ peerId: peerIdSchema });
const rare = { burst: 5, perSecond: 0.5 };
/** Somebody who leads a large call goes through the list of people. */
const moderation = { burst: 30, perSecond: 3 };

/** The part of REQUESTS for those who lead a call. */
export const LEADING_REQUESTS = {
  'peer:mute': {
    description:
      'Mutes the microphone of another peer. The media node forwards nothing of it, and only that person can unmute it.',
    phase: 'joined',
    rate: moderation,
    request: ofPeer,
    response: empty,
  },
  'peer:ask-to-unmute': {
    description: 'Asks a person to unmute. Nothing else changes: nobody is unmuted from afar.',
    phase: 'joined',
    rate: moderation,
    request: ofPeer,
    response: empty,
  },
  'peer:stop': {
    description:
      'Ends the camera or the shared screen of another peer, its sound included. The person may begin again.',
    phase: 'joined',
    rate: moderation,
    request: z.strictObject({ peerId: peerIdSchema, source: z.enum(['camera', 'screen']) }),
    response: empty,
  },
  'peer:lower-hand': {
    description: 'Lowers the hand of another peer.',
    phase: 'joined',
    rate: moderation,
    request: ofPeer,
    response: empty,
  },
  'room:lower-hands': {
    description: 'Lowers every hand.',
    phase: 'joined',
    rate: rare,
    request: empty,
    response: empty,
  },
  'peer:set-role': {
    description:
      'Changes the role of a person: of this peer and of others of the same person, and of those that the person joins with while the call runs. The role of an owner stays. The last who leads the call cannot stop leading it: `conflict`.',
    phase: 'joined',
    rate: moderation,
    request: z.strictObject({ peerId: peerIdSchema, role: roleSchema.exclude(['owner']) }),
    response: empty,
  },
  'room:hand-over': {
    description: 'Makes another peer a host and this peer a participant. An owner stays owner.',
    phase: 'joined',
    rate: rare,
    request: ofPeer,
    response: empty,
  },
  'peer:remove': {
    description: 'Removes a peer from the room. The person may come back. An owner cannot be removed.',
    phase: 'joined',
    rate: moderation,
    request: ofPeer,
    response: empty,
  },
  'peer:ban': {
    description:
      'Removes a person with all their peers, and keeps them out: an account until somebody lifts the ban, a guest for 24 hours by browser and network. An owner cannot be banned. `too_many` for a room with 500 bans.',
    phase: 'joined',
    rate: moderation,
    request: ofPeer,
    response: empty,
  },
  'door:admit': {
    description: 'Admits people who wait. Those who are gone already are passed over.',
    phase: 'joined',
    rate: moderation,
    request: z.strictObject({ peerIds: z.array(peerIdSchema).min(1).max(WAITING_MAX) }),
    response: z.strictObject({ admitted: z.int().min(0).max(WAITING_MAX) }),
  },
  'door:admit-all': {
    description: 'Admits everybody who waits now.',
    phase: 'joined',
    rate: moderation,
    request: empty,
    response: z.strictObject({ admitted: z.int().min(0).max(WAITING_MAX) }),
  },
  'door:deny': {
    description:
      'Sends somebody away who waits: `peer_not_found` if the person is gone already. With `block` the person is banned as well, and gone from the list wherever they wait.',
    phase: 'joined',
    rate: moderation,
    request: z.strictObject({ peerId: peerIdSchema, block: z.boolean().optional() }),
    response: empty,
  },
  'room:mute-all': {
    description:
      'Mutes everybody but this peer. With `stayMuted` also sets `whoMayUnmute` of the room to `hosts`: then only those may unmute whom a host asks to.',
    phase: 'joined',
    rate: rare,
    request: z.strictObject({ stayMuted: z.boolean().optional() }),
    response: z.strictObject({ muted: z.int().min(0).describe('How many were heard until then.') }),
  },
  'room:change-settings': {
    description:
      'Changes settings of the room, as `PATCH /api/rooms/{code}` does; what is absent stays. Everybody receives `room:updated`.',
    phase: 'joined',
    rate: { burst: 20, perSecond: 1 },
    request: z.strictObject({ settings: roomSettingsChangeSchema }),
    response: empty,
  },
  'room:end-call': {
    description: 'Removes every peer, this one as well. The server closes the socket after the reply.',
    phase: 'joined',
    rate: rare,
    request: empty,
    response: empty,
  },
} as const;
