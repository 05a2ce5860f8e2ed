'use client';

import { useCallView } from '../../bridge/use-call-view.tsx';
import type { Participant } from '../../call/types.ts';
import { tileShapes } from '../../view/tile-shapes.ts';
import { fitGrid, gridRects, type Size } from '../../layout/index.ts';
import { Tile } from '../tile/tile.tsx';
import { Pager } from './pager.tsx';
import { Placed } from './placed.tsx';
import { useSlots } from './use-slots.ts';

const PAGER_HEIGHT = 44;

/** Everybody at the same size, with pages for those who do not fit. */
export function GridStage({ size, participants }: { size: Size; participants: readonly Participant[] }) {
  const { view, dispatch } = useCallView();
  const options = { aspects: tileShapes(size, participants.length) };
  const whole = fitGrid(size, participants.length, options);
  const container = whole.pages > 1 ? { ...size, height: size.height - PAGER_HEIGHT } : size;
  const grid = whole.pages > 1 ? fitGrid(container, participants.length, options) : whole;
  const page = Math.min(view.page, grid.pages - 1);
  const order = useSlots(participants, grid.perPage, page);
  const shown = order.slice(page * grid.perPage, (page + 1) * grid.perPage);
  // The last page keeps the tiles of the others: a page with two people must not look like another call.
  const rects = gridRects(container, grid, shown.length);
  const small = grid.tile.width < 240;

  return (
    <>
      {shown.map((participant, index) => (
        <Placed key={participant.peerId} rect={rects[index]}>
          <Tile participant={participant} small={small} className="size-full" />
        </Placed>
      ))}
      {grid.pages > 1 ? (
        <Pager
          page={page}
          pages={grid.pages}
          onTurn={(turned) => dispatch({ type: 'page-turned', page: turned })}
        />
      ) : null}
    </>
  );
}
