import { ParleyError } from '@parley/proto/errors';
import type { MessageId } from '@parley/proto/ids';
import type { ChatMessage } from '@parley/proto/room';
import type { ChatRepository, DecideChange } from '../database/chat-repository.ts';
import type { PeerSession } from '../peer/peer-session.ts';
import { messageFor } from '../room/chat/chat-history.ts';
import { edit, react, remove } from '../room/chat/chat-rules.ts';
import type { LiveRoomStore } from '../store/live-room-store.ts';
import { readerIn } from './chat-reader.ts';
import type { Handlers } from './handler-types.ts';

type ChangeVerbs = 'chat:edit' | 'chat:delete' | 'chat:react' | 'chat:type' | 'chat:list-changes';

type Options = { chat: ChatRepository; store: LiveRoomStore };

/** What happens to a message after it was sent. A change is stored before anybody receives it, like the message itself. */
export function createChatChangeHandlers({ chat, store }: Options): Pick<Handlers, ChangeVerbs> {
  const change = async (
    session: PeerSession,
    { messageId, use }: { messageId: MessageId; use: 'chat' | 'reaction' },
    decide: DecideChange,
  ): Promise<{ message: ChatMessage }> => {
    const { code, peerId } = session;
    // Refuse before anything is stored, because it could not be passed on.
    if (!store.available) throw new ParleyError('unavailable');
    const reader = await readerIn(store, session);
    const { record } = await chat.change(code, reader, messageId, decide);
    // Also for a repeated request: the first one may have been stored and not passed on.
    await store.publish(code, { type: 'chat-changed', ...record, byPeerId: peerId, use });
    return { message: messageFor(record, reader) };
  };
  return {
    'chat:edit': ({ messageId, text }, session) =>
      change(session, { messageId, use: 'chat' }, ({ message }, isOwn) => edit(message, isOwn, text)),

    'chat:delete': ({ messageId }, session) =>
      change(session, { messageId, use: 'chat' }, ({ message }, isOwn) =>
        remove(message, isOwn, session.may('moderate')),
      ),

    'chat:react': ({ messageId, emoji, on }, session) =>
      change(session, { messageId, use: 'reaction' }, (record) =>
        react(record, { peerId: session.peerId, identity: session.peer.identity }, { emoji, on }),
      ),

    'chat:type': async ({ toPeerId, typing }, { code, peerId }) => {
      await store.publish(code, { type: 'chat-typed', peerId, toPeerId, typing });
      return {};
    },

    'chat:list-changes': async ({ since: changedSince, limit }, session) => {
      const reader = await readerIn(store, session);
      const { records, more } = await chat.listChanges(session.code, reader, { changedSince, limit });
      return { messages: records.map((record) => messageFor(record, reader)), more };
    },
  };
}
