import type { Permission } from '@parley/proto/requests';
import type { PeerRecord } from '@parley/proto/room';
import type { KeptChoice } from './tab-record.ts';

/**
 * With which devices a page comes back into its call. The microphone stays off if the tab or the server has it as muted: a tab that crashed
 * may not have stored the last mute.
 */
export function returnChoice(
  kept: KeptChoice,
  { producers }: Pick<PeerRecord, 'producers'>,
  permissions: readonly Permission[],
): KeptChoice {
  const isMuted = producers.some(({ source, paused }) => source === 'microphone' && paused);
  const mayBeHeard = permissions.includes('publish:microphone') && permissions.includes('unmute');
  return {
    ...kept,
    microphoneOn: kept.microphoneOn && !isMuted && mayBeHeard,
    cameraOn: kept.cameraOn && permissions.includes('publish:camera'),
  };
}
