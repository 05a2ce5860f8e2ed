import type { Permission } from '@parley/proto/requests';
import { leads } from '@parley/proto/room';
import type { Participant } from '../call/index.ts';

/** What somebody who leads the call may do to one other person. */
export type PersonAct =
  | 'mute'
  | 'ask'
  | 'stopCamera'
  | 'stopScreen'
  | 'lowerHand'
  | 'makeHost'
  | 'makeParticipant'
  | 'makeViewer'
  | 'handOver'
  | 'remove'
  | 'ban';

type Leader = { permissions: readonly Permission[]; self: Participant | null };

/** The acts that do something now, in the order of the menu. Empty for those who may do nothing to others. */
export function personActs(leader: Leader, other: Participant): PersonAct[] {
  if (other.isSelf) return [];
  const { permissions } = leader;
  return [
    ...(permissions.includes('moderate') ? moderating(other) : []),
    ...(permissions.includes('set-roles') ? roles(leader, other) : []),
    ...(permissions.includes('remove') && other.role !== 'owner' ? (['remove', 'ban'] as const) : []),
  ];
}

function moderating({ role, microphoneOn, cameraOn, screenOn, handRaisedAt }: Participant): PersonAct[] {
  const acts: (PersonAct | false)[] = [
    microphoneOn ? 'mute' : role !== 'viewer' && 'ask',
    cameraOn && 'stopCamera',
    screenOn && 'stopScreen',
    handRaisedAt !== null && 'lowerHand',
  ];
  return acts.filter((act) => act !== false);
}

/** Nobody takes the role of the owner away. */
function roles({ self }: Leader, { role }: Participant): PersonAct[] {
  if (role === 'owner') return [];
  const acts: (PersonAct | false)[] = [
    role !== 'host' && 'makeHost',
    role !== 'participant' && 'makeParticipant',
    role !== 'viewer' && 'makeViewer',
    self?.role === 'host' && !leads(role) && 'handOver',
  ];
  return acts.filter((act) => act !== false);
}
