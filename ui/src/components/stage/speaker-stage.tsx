'use client';

import type { PeerId } from '@parley/proto';
import { useState } from 'react';
import type { Participant } from '../../call/types.ts';
import { fitStage, isPhone, stripViews, type Size, type StageView } from '../../layout/index.ts';
import { ScreenTile } from '../tile/screen-tile.tsx';
import { Tile } from '../tile/tile.tsx';
import { placed } from './placed.ts';
import { stripRects, withSquareTiles } from './strip-rects.ts';
import { StripPager } from './strip-pager.tsx';

type SpeakerStageProps = { size: Size; participants: readonly Participant[]; staged: StageView<PeerId> };

/** One large picture and a strip of the others, in an order that speech does not change. */
export function SpeakerStage({ size, participants, staged }: SpeakerStageProps) {
  const [wantedPage, setPage] = useState(0);
  const members = participants.map(({ peerId, isSelf, screenOn }) => ({ peerId, isSelf, screenOn: screenOn && !isSelf }));
  const strip = stripViews(members, staged);
  const fitted = fitStage(size, strip.length);
  const layout = isPhone(size) ? withSquareTiles(fitted, strip.length) : fitted;
  const page = Math.max(0, Math.min(wantedPage, layout.pages - 1));
  const shown = strip.slice(page * layout.perPage, (page + 1) * layout.perPage);
  const rects = stripRects(layout, shown.length);

  return (
    <>
      <Picture key={`${staged.peerId} ${staged.source}`} view={staged} participants={participants} important {...placed(layout.stage)} />
      {shown.map((view, index) => (
        <Picture key={`${view.peerId} ${view.source}`} view={view} participants={participants} small {...placed(rects[index])} />
      ))}
      {layout.pages > 1 ? <StripPager layout={layout} page={page} onTurn={setPage} /> : null}
    </>
  );
}

type PictureProps = Omit<Parameters<typeof Tile>[0], 'participant'> & {
  view: StageView<PeerId>;
  participants: readonly Participant[];
};

function Picture({ view, participants, small = false, ...props }: PictureProps) {
  const participant = participants.find((candidate) => candidate.peerId === view.peerId);
  if (participant === undefined) return null;
  if (view.source === 'screen') return <ScreenTile participant={participant} {...props} />;
  return <Tile participant={participant} small={small} {...props} />;
}
