import type { Chat } from './chat.ts';
import type { LocalMedia } from './local-media.ts';
import type { Media } from './media.ts';
import type { Reactions } from './reactions.ts';
import type { Room } from './room.ts';

/** The parts of a stay that carry what a person sees. */
export type Parts = { room: Room; media: Media; local: LocalMedia; chat: Chat; reactions: Reactions };
