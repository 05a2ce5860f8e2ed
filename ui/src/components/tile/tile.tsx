'use client';

import { memo, useRef, useState, type RefObject } from 'react';
import { useCall, useCallClient } from '../../hooks/use-call.tsx';
import { useArrangement } from '../../hooks/use-arrangement.tsx';
import { useReportShape } from '../../hooks/use-camera-shapes.tsx';
import { usePictureFit } from '../../hooks/use-picture-fit.ts';
import { useReportedPicture } from '../../hooks/use-picture-registry.tsx';
import { useWords } from '../../hooks/use-words.ts';
import type { Participant } from '../../call/state/call-state.ts';
import type { PictureFit } from '../../layout/picture-fit.ts';
import type { Size } from '../../layout/rect.ts';
import { isMirrored } from '../../selectors/mirrored.ts';
import { nameInWords } from '../../words/name-words.ts';
import { personWords } from '../../words/person-words.ts';
import { cn } from '../basics/cn.ts';
import { FlipCamera } from '../devices/flip-camera.tsx';
import { Avatar } from './avatar.tsx';
import { TileBadges } from './tile-badges.tsx';
import { TileMenu } from './tile-menu.tsx';
import { TileName } from './tile-name.tsx';
import { TileReaction } from '../reactions/tile-reaction.tsx';
import { TileVeil } from './tile-veil.tsx';
import { TrackVideo } from './track-video.tsx';

export type TileProps = {
  participant: Participant;
  /** Pinned or on the stage: keeps its quality longest if the downlink is short. */
  important?: boolean;
  /** In the strip or in a corner: smaller text. */
  small?: boolean;
  className?: string;
};

/** One participant: camera or initials, and all states. */
export const Tile = memo(function Tile({
  participant,
  important = false,
  small = false,
  className,
}: TileProps) {
  const words = useWords();
  const root = useRef<HTMLDivElement>(null);
  const { peerId, isSelf, displayName, restoring, speaking, microphoneOn } = participant;
  const { fit, onShape } = useTilePicture(root, participant, important);
  return (
    <div
      ref={root}
      role="group"
      aria-label={personWords(words, participant)}
      data-testid="tile"
      data-peer-name={displayName}
      data-peer-id={peerId}
      data-speaking={speaking}
      className={cn('group/tile @container-[size] relative overflow-hidden rounded-xl bg-raised', className)}
    >
      <div className="absolute inset-0 flex items-center justify-center">
        <Avatar name={displayName} className="size-[min(40cqmin,7rem)] text-[min(15cqmin,2.6rem)]" />
      </div>
      <CameraVideo participant={participant} fit={fit} onShape={onShape} />
      {restoring ? <TileVeil small={small} /> : null}
      <TileReaction peerId={peerId} />
      <TileBadges participant={participant} />
      <TileName participant={participant} small={small} />
      {isSelf && participant.cameraTrack !== null ? <OwnCamera /> : null}
      <TileMenu participant={participant} source="camera" fit={fit} />
      <SpeakingRing visible={speaking && microphoneOn} />
    </div>
  );
});

/** How the picture is shown in this tile. Reports its shape to the layout, and the pixels that it needs to the call. */
function useTilePicture(
  root: RefObject<HTMLElement | null>,
  { peerId, isSelf }: Participant,
  important: boolean,
): { fit: PictureFit; onShape: (shape: Size) => void } {
  const [shape, setShape] = useState<Size | null>(null);
  const reportShape = useReportShape();
  const choice = useArrangement().arrangement.fits.get(peerId) ?? null;
  const fit = usePictureFit(root, shape, choice);
  useReportedPicture(root, { peerId, source: 'camera', important, enabled: !isSelf, shape, fit });
  return {
    fit,
    onShape: (reported) => {
      setShape(reported);
      reportShape(peerId, reported);
    },
  };
}

type CameraVideoProps = { participant: Participant; fit: PictureFit; onShape: (shape: Size) => void };

function CameraVideo({
  participant: { cameraTrack, isSelf, shownName, restoring },
  fit,
  onShape,
}: CameraVideoProps) {
  const words = useWords();
  const call = useCallClient();
  if (cameraTrack === null) return null;
  return (
    <TrackVideo
      track={cameraTrack}
      mirrored={isSelf && isMirrored(cameraTrack)}
      fit={fit}
      onShape={onShape}
      label={words.t('stage.cameraOf', { name: nameInWords(words, shownName) })}
      {...(isSelf ? {} : { onShown: () => call.pictureShown() })}
      className={cn('absolute inset-0', restoring && 'grayscale')}
    />
  );
}

function OwnCamera() {
  const call = useCallClient();
  const devices = useCall((state) => state.devices);
  return (
    <FlipCamera
      devices={devices}
      // The call shows a failure as a notice.
      onChoose={(id) => void call.devices.selectCamera(id).catch(() => undefined)}
      className="absolute end-1.5 bottom-1.5"
    />
  );
}

function SpeakingRing({ visible }: { visible: boolean }) {
  return (
    <span
      aria-hidden
      className={cn(
        'pointer-events-none absolute inset-0 rounded-[inherit] border-3 border-accent transition-opacity duration-150',
        visible ? 'opacity-100' : 'opacity-0',
      )}
    />
  );
}
