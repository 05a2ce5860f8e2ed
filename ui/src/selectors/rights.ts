import type { Permission } from '@parley/proto/requests';
import type { CallState } from '../call/index.ts';

/** What a role or the settings of the room may take from a person. */
export type Right = 'microphone' | 'camera' | 'screen' | 'chat';
/** Why the person may not: as a viewer, or because hosts took it from everybody else. */
export type Denial = 'viewer' | 'settings';

const NEEDS: Readonly<Record<Right, readonly Permission[]>> = {
  microphone: ['publish:microphone', 'unmute'],
  camera: ['publish:camera'],
  screen: ['publish:screen'],
  chat: ['chat'],
};

type Known = Pick<CallState, 'permissions' | 'roomSettings' | 'participants'>;

/** null: the person may, or it is not known yet. */
export function denialOf({ permissions, roomSettings, participants }: Known, right: Right): Denial | null {
  if (roomSettings === null || NEEDS[right].every((needed) => permissions.includes(needed))) return null;
  const self = participants.find(({ isSelf }) => isSelf);
  return self?.role === 'viewer' && right !== 'chat' ? 'viewer' : 'settings';
}
