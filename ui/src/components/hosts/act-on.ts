import type { PeerId } from '@parley/proto/ids';
import type { QuestionAct } from '../../arrangement/arrangement.ts';
import type { Call } from '../../call/call.ts';
import type { PersonAct } from '../../selectors/person-acts.ts';

type AskedAct = Exclude<QuestionAct, 'endCall'>;

const ASKED: readonly PersonAct[] = ['makeViewer', 'handOver', 'remove', 'ban'] satisfies AskedAct[];

/** Whether the page asks before it does this. */
export function isAsked(act: PersonAct): act is AskedAct {
  return ASKED.includes(act);
}

/** The call shows a failure as a notice. */
export function actOn(leading: Call['leading'], act: PersonAct, peerId: PeerId): Promise<boolean> {
  switch (act) {
    case 'mute':
      return leading.mute(peerId);
    case 'ask':
      return leading.askToUnmute(peerId);
    case 'stopCamera':
      return leading.stop(peerId, 'camera');
    case 'stopScreen':
      return leading.stop(peerId, 'screen');
    case 'lowerHand':
      return leading.lowerHand(peerId);
    case 'makeHost':
      return leading.setRole(peerId, 'host');
    case 'makeParticipant':
      return leading.setRole(peerId, 'participant');
    case 'makeViewer':
      return leading.setRole(peerId, 'viewer');
    case 'handOver':
      return leading.handOver(peerId);
    case 'remove':
      return leading.remove(peerId);
    case 'ban':
      return leading.ban(peerId);
  }
}
