import type { ChatMessage, MessageId } from '@parley/proto';
import { ParleyError } from '@parley/proto';
import type { ChatRepository, DecideChange } from '../database/chat-repository.ts';
import type { PeerSession } from '../peer/peer-session.ts';
import { readableSince } from '../room/chat-history.ts';
import { edit, react, remove } from '../room/chat-rules.ts';
import type { LiveRoomStore } from '../store/live-room-store.ts';
import type { Handlers } from './handler-types.ts';

type ChangeVerbs = 'chat:edit' | 'chat:delete' | 'chat:react' | 'chat:type' | 'chat:list-changes';

type Options = { chat: ChatRepository; store: LiveRoomStore };

/** What happens to a message after it was sent. A change is stored before anybody receives it, like the message itself. */
export function createChatChangeHandlers({ chat, store }: Options): Pick<Handlers, ChangeVerbs> {
  const sinceOf = async ({ code, peer }: PeerSession): Promise<number> => {
    const live = await store.find(code);
    if (live === undefined) throw new ParleyError('closed');
    return readableSince(live, peer);
  };
  const change = async (
    session: PeerSession,
    { messageId, use }: { messageId: MessageId; use: 'chat' | 'reaction' },
    decide: DecideChange,
  ): Promise<{ message: ChatMessage }> => {
    const { code, peerId } = session;
    // Refuse before anything is stored, because it could not be passed on.
    if (!store.available) throw new ParleyError('unavailable');
    const ref = { messageId, since: await sinceOf(session) };
    const { message } = await chat.change(code, peerId, ref, decide);
    // Also for a repeated request: the first one may have been stored and not passed on.
    await store.publish(code, { type: 'chat-changed', message, byPeerId: peerId, use });
    return { message };
  };
  return {
    'chat:edit': ({ messageId, text }, session) =>
      change(session, { messageId, use: 'chat' }, (message) => edit(message, session.peerId, text)),

    'chat:delete': ({ messageId }, session) =>
      change(session, { messageId, use: 'chat' }, (message) =>
        remove(message, session.peerId, session.may('moderate')),
      ),

    'chat:react': ({ messageId, emoji, on }, session) =>
      change(session, { messageId, use: 'reaction' }, (message) =>
        react(message, session.peerId, { emoji, on }),
      ),

    'chat:type': async ({ toPeerId, typing }, { code, peerId }) => {
      await store.publish(code, { type: 'chat-typed', peerId, toPeerId, typing });
      return {};
    },

    'chat:list-changes': async ({ since: changedSince, limit }, session) =>
      chat.listChanges(session.code, session.peerId, {
        since: await sinceOf(session),
        changedSince,
        limit,
      }),
  };
}
