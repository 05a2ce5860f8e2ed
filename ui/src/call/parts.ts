import type { Chat } from './state/chat.ts';
import type { LocalMedia } from './devices/local-media.ts';
import type { Media } from './media/media.ts';
import type { Reactions } from './state/reactions.ts';
import type { Room } from './state/room-state.ts';

/** The parts of a stay that carry what a person sees. */
export type Parts = { room: Room; media: Media; local: LocalMedia; chat: Chat; reactions: Reactions };
