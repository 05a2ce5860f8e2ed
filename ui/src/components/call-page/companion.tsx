'use client';

import { useCall, useSelf } from '../../hooks/use-call.tsx';
import { useCallActions } from '../../hooks/use-call-actions.ts';
import { useDenial } from '../hosts/use-denial.ts';
import { switchState } from '../../selectors/is-on.ts';
import { CameraToggle } from '../devices/camera-toggle.tsx';
import { MicrophoneToggle } from '../devices/microphone-toggle.tsx';
import { Tile } from '../tile/tile.tsx';

/** The content of the small window: the dominant speaker, and the switches of microphone and camera. */
export function Companion() {
  const actions = useCallActions();
  const self = useSelf();
  const microphone = useCall((state) => switchState(state.microphone));
  const camera = useCall((state) => switchState(state.camera));
  const deniedMicrophone = useDenial('microphone');
  const deniedCamera = useDenial('camera');
  const speaker = useCall(
    (state) =>
      state.participants.find(
        (participant) => participant.peerId === state.dominantPeerId && !participant.isSelf,
      ) ??
      state.participants.find((participant) => !participant.isSelf) ??
      null,
  );
  const shown = speaker ?? self;
  return (
    <div className="fixed inset-0 flex flex-col gap-2 bg-ground p-2">
      {shown === null ? null : <Tile participant={shown} important className="min-h-0 flex-1" />}
      <div className="flex shrink-0 justify-center gap-2">
        <MicrophoneToggle state={microphone} onToggle={actions.microphone} denied={deniedMicrophone} />
        <CameraToggle state={camera} onToggle={actions.camera} denied={deniedCamera} />
      </div>
    </div>
  );
}
