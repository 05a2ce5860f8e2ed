import type { Moderation } from '../room/moderation.ts';
import type { Handlers } from './handler-types.ts';

type ModerationVerbs =
  | 'peer:mute'
  | 'peer:ask-to-unmute'
  | 'peer:stop'
  | 'peer:lower-hand'
  | 'room:lower-hands'
  | 'peer:set-role'
  | 'room:hand-over'
  | 'peer:remove'
  | 'room:mute-all'
  | 'room:end-call';

/** What somebody who leads the call does to others. */
export function createModerationHandlers(moderation: Moderation): Pick<Handlers, ModerationVerbs> {
  return {
    'peer:mute': async ({ peerId }, session) => {
      await moderation.mute(session, peerId);
      return {};
    },

    'peer:ask-to-unmute': async ({ peerId }, session) => {
      await moderation.askToUnmute(session, peerId);
      return {};
    },

    'peer:stop': async ({ peerId, source }, session) => {
      await moderation.stop(session, peerId, source);
      return {};
    },

    'peer:lower-hand': async ({ peerId }, session) => {
      await moderation.lowerHand(session, peerId);
      return {};
    },

    'room:lower-hands': async (_payload, session) => {
      await moderation.lowerHands(session);
      return {};
    },

    'peer:set-role': async ({ peerId, role }, session) => {
      await moderation.setRole(session, peerId, role);
      return {};
    },

    'room:hand-over': async ({ peerId }, session) => {
      await moderation.handOver(session, peerId);
      return {};
    },

    'peer:remove': async ({ peerId }, session) => {
      await moderation.remove(session, peerId);
      return {};
    },

    'room:mute-all': async (_payload, session) => ({ muted: await moderation.muteAll(session) }),

    'room:end-call': async (_payload, session) => {
      await moderation.endCall(session);
      return {};
    },
  };
}
