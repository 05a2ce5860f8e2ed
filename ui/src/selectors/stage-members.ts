import type { PeerId } from '@parley/proto/ids';
import type { Participant } from '../call/state/call-state.ts';
import type { StageMember } from '../layout/stage.ts';

/** The participants for the layout of the stage. The own screen is left out: on the own stage it would show itself in itself. */
export function stageMembers(participants: readonly Participant[]): StageMember<PeerId>[] {
  return participants.map(({ peerId, isSelf, screenOn }) => ({
    peerId,
    isSelf,
    screenOn: screenOn && !isSelf,
  }));
}
