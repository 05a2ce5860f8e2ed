import { ParleyError } from '@parley/proto/errors';
import type { LocalRooms } from '../room/local-rooms.ts';
import { pageOf } from '../room/people/people-page.ts';
import type { LiveRoomStore } from '../store/live-room-store.ts';
import type { Handlers } from './handler-types.ts';

type PeerVerbs = 'peer:set-hand' | 'peer:set-profile' | 'peer:react' | 'people:list';

/** A peer changes what others see of it, and lists the others by what this instance knows of the room. */
export function createPeerHandlers(store: LiveRoomStore, rooms: LocalRooms): Pick<Handlers, PeerVerbs> {
  return {
    'peer:set-hand': async ({ raised }, session) => {
      // By the clock that all instances share: it gives the order of hands. A hand that is up keeps its place.
      await session.changeRecord((record) => ({
        ...record,
        handRaisedAt: raised ? (record.handRaisedAt ?? store.now()) : null,
      }));
      return {};
    },

    'peer:set-profile': async ({ displayName }, session) => {
      const now = store.now();
      // A name counts from the moment it was taken: of two people of one name, the one who took it later is marked.
      await session.changeRecord((record) =>
        record.displayName === displayName ? record : { ...record, displayName, renamedAt: now },
      );
      return {};
    },

    'peer:react': async ({ reaction }, session) => {
      await store.publish(session.code, { type: 'peer-reacted', peerId: session.peerId, reaction });
      return {};
    },

    'people:list': (wish, session) => {
      const room = rooms.find(session.code);
      if (room === undefined) throw new ParleyError('closed');
      return pageOf(room.peers, wish);
    },
  };
}
