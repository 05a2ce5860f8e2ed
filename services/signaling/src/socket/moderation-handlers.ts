import type { CallRules } from '../room/leading/call-rules.ts';
import type { Moderation } from '../room/leading/moderation.ts';
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
  | 'peer:ban'
  | 'room:mute-all'
  | 'room:change-settings'
  | 'room:end-call';

/** What somebody who leads the call does to others. */
export function createModerationHandlers(
  moderation: Moderation,
  rules: CallRules,
): Pick<Handlers, ModerationVerbs> {
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

    'peer:ban': async ({ peerId }, session) => {
      await moderation.ban(session, peerId);
      return {};
    },

    'room:mute-all': async ({ stayMuted = false }, session) => {
      // First the rule: if it cannot be stored nothing is done, and nobody unmutes in between.
      if (stayMuted) await rules.change(session, { whoMayUnmute: 'hosts' });
      return { muted: await moderation.muteAll(session) };
    },

    'room:change-settings': async ({ settings }, session) => {
      await rules.change(session, settings);
      return {};
    },

    'room:end-call': async (_payload, session) => {
      await moderation.endCall(session);
      return {};
    },
  };
}
