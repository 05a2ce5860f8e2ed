'use client';

import { Pause } from 'lucide-react';
import { memo, useRef, type ReactNode } from 'react';
import { useCallClient } from '../../hooks/use-call.tsx';
import { useReportedPicture } from '../../hooks/use-picture-registry.tsx';
import { useWords } from '../../hooks/use-words.ts';
import type { Participant } from '../../call/state/call-state.ts';
import { nameInWords } from '../../words/name-words.ts';
import { cn } from '../basics/cn.ts';
import { Spinner } from '../basics/spinner.tsx';
import { TileMenu } from './tile-menu.tsx';
import { TileVeil } from './tile-veil.tsx';
import { TrackVideo } from './track-video.tsx';

type ScreenTileProps = { participant: Participant; important?: boolean; className?: string };

/** A shared screen, never cropped. */
export const ScreenTile = memo(function ScreenTile({
  participant,
  important = false,
  className,
}: ScreenTileProps) {
  const words = useWords();
  const root = useRef<HTMLDivElement>(null);
  const { peerId, isSelf, displayName, shownName, restoring } = participant;
  useReportedPicture(root, { peerId, source: 'screen', important, enabled: !isSelf });
  const title = isSelf
    ? words.t('stage.screen.own')
    : words.t('stage.screen.of', { name: nameInWords(words, shownName) });
  return (
    <div
      ref={root}
      role="group"
      aria-label={title}
      data-testid="screen-tile"
      data-peer-name={displayName}
      className={cn('group/tile relative overflow-hidden rounded-xl bg-black', className)}
    >
      <ScreenVideo participant={participant} title={title} />
      {restoring && !isSelf ? <TileVeil /> : null}
      <span
        aria-hidden
        className="absolute bottom-2 start-2 max-w-[calc(100%-1rem)] truncate rounded-md bg-black/60 px-2 py-0.5 text-sm text-white"
      >
        {title}
      </span>
      <TileMenu participant={participant} source="screen" />
    </div>
  );
});

function ScreenVideo({
  participant: { screenTrack, screenPaused, isSelf },
  title,
}: {
  participant: Participant;
  title: string;
}) {
  const { t } = useWords();
  const call = useCallClient();
  if (screenPaused) {
    return (
      <Sign>
        <Pause aria-hidden className="size-5" />
        <span>{t('stage.screen.paused')}</span>
      </Sign>
    );
  }
  if (screenTrack === null) {
    return (
      <Sign>
        <Spinner />
        <span>{t('stage.screen.waiting')}</span>
      </Sign>
    );
  }
  return (
    <TrackVideo
      track={screenTrack}
      label={title}
      fit="contain"
      {...(isSelf ? {} : { onShown: () => call.pictureShown() })}
      className="absolute inset-0 bg-black"
    />
  );
}

function Sign({ children }: { children: ReactNode }) {
  return (
    <div className="absolute inset-0 flex items-center justify-center gap-3 text-sm text-ink-soft">
      {children}
    </div>
  );
}
