'use client';

import { memo, useRef } from 'react';
import { useCallClient } from '../../hooks/use-call.tsx';
import { useReportedPicture } from '../../hooks/use-picture-registry.tsx';
import type { Participant } from '../../call/state/call-state.ts';
import { personWords } from '../../words/person-words.ts';
import { cn } from '../basics/cn.ts';
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
  const root = useRef<HTMLDivElement>(null);
  const { peerId, isSelf, displayName, restoring, speaking, microphoneOn } = participant;
  useReportedPicture(root, { peerId, source: 'camera', important, enabled: !isSelf });
  return (
    <div
      ref={root}
      role="group"
      aria-label={personWords(participant)}
      data-testid="tile"
      data-peer-name={displayName}
      data-peer-id={peerId}
      data-speaking={speaking}
      className={cn('group/tile @container-[size] relative overflow-hidden rounded-xl bg-raised', className)}
    >
      <div className="absolute inset-0 flex items-center justify-center">
        <Avatar name={displayName} className="size-[min(40cqmin,7rem)] text-[min(15cqmin,2.6rem)]" />
      </div>
      <CameraVideo participant={participant} />
      {restoring ? <TileVeil small={small} /> : null}
      <TileReaction peerId={peerId} />
      <TileBadges participant={participant} />
      <TileName participant={participant} small={small} />
      <TileMenu participant={participant} source="camera" />
      <SpeakingRing visible={speaking && microphoneOn} />
    </div>
  );
});

function CameraVideo({
  participant: { cameraTrack, isSelf, displayName, restoring },
}: Pick<TileProps, 'participant'>) {
  const call = useCallClient();
  if (cameraTrack === null) return null;
  return (
    <TrackVideo
      track={cameraTrack}
      mirrored={isSelf}
      label={`${displayName}, camera`}
      {...(isSelf ? {} : { onShown: () => call.pictureShown() })}
      className={cn('absolute inset-0', restoring && 'grayscale')}
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
