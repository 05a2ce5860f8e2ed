'use client';

import type { PeerId } from '@parley/proto/ids';
import { useState } from 'react';
import type { Participant } from '../../call/index.ts';
import { isPhone, type Size } from '../../layout/rect.ts';
import { stripPictures, type PictureRef } from '../../layout/stage.ts';
import { fitStage, stripRects, withSquareTiles } from '../../layout/strip.ts';
import { stageMembers } from '../../selectors/stage-members.ts';
import { ScreenTile } from '../tile/screen-tile.tsx';
import { Tile } from '../tile/tile.tsx';
import { Placed } from './placed.tsx';
import { StripPager } from './strip-pager.tsx';

type SpeakerStageProps = { size: Size; participants: readonly Participant[]; staged: PictureRef<PeerId> };

/** One large picture and the strip of the others. Speech does not change the order of the strip. */
export function SpeakerStage({ size, participants, staged }: SpeakerStageProps) {
  const [wantedPage, setPage] = useState(0);
  const strip = stripPictures(stageMembers(participants), staged);
  const fitted = fitStage(size, strip.length);
  const layout = isPhone(size) ? withSquareTiles(fitted, strip.length) : fitted;
  const page = Math.max(0, Math.min(wantedPage, layout.pages - 1));
  const shown = strip.slice(page * layout.perPage, (page + 1) * layout.perPage);
  const rects = stripRects(layout, shown.length);

  return (
    <>
      <Placed key={`${staged.peerId} ${staged.source}`} rect={layout.stage}>
        <PictureTile picture={staged} participants={participants} important />
      </Placed>
      {shown.map((picture, index) => (
        <Placed key={`${picture.peerId} ${picture.source}`} rect={rects[index]}>
          <PictureTile picture={picture} participants={participants} />
        </Placed>
      ))}
      {layout.pages > 1 ? <StripPager layout={layout} page={page} onTurn={setPage} /> : null}
    </>
  );
}

type PictureTileProps = {
  picture: PictureRef<PeerId>;
  participants: readonly Participant[];
  /** On the stage, not in the strip. */
  important?: boolean;
};

function PictureTile({ picture, participants, important = false }: PictureTileProps) {
  const participant = participants.find((candidate) => candidate.peerId === picture.peerId);
  if (participant === undefined) return null;
  if (picture.source === 'screen')
    return <ScreenTile participant={participant} important={important} className="size-full" />;
  return <Tile participant={participant} important={important} small={!important} className="size-full" />;
}
