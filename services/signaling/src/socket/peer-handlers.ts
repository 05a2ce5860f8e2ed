import type { LiveRoomStore } from '../store/live-room-store.ts';
import type { Handlers } from './handler-types.ts';

type PeerVerbs = 'peer:set-hand' | 'peer:set-profile' | 'peer:react';

/** What a peer shows of itself. */
export function createPeerHandlers(store: LiveRoomStore): Pick<Handlers, PeerVerbs> {
  return {
    'peer:set-hand': async ({ raised }, session) => {
      // A hand that is up keeps its place in the order of hands.
      await session.changeRecord((record) => ({
        ...record,
        handRaisedAt: raised ? (record.handRaisedAt ?? Date.now()) : null,
      }));
      return {};
    },

    'peer:set-profile': async ({ displayName }, session) => {
      await session.changeRecord((record) => ({ ...record, displayName }));
      return {};
    },

    'peer:react': async ({ reaction }, session) => {
      await store.publish(session.code, { type: 'peer-reacted', peerId: session.peerId, reaction });
      return {};
    },
  };
}
