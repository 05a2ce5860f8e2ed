'use client';

import { useArrangement } from '../../hooks/use-arrangement.tsx';
import type { Participant } from '../../call/types.ts';
import { gridRects } from '../../layout/grid.ts';
import type { GridPlan } from '../../layout/grid-plan.ts';
import { Tile } from '../tile/tile.tsx';
import { Pager } from './pager.tsx';
import { Placed } from './placed.tsx';

type GridStageProps = {
  plan: GridPlan;
  /** In the order of their tiles, over all pages. */
  arranged: readonly Participant[];
  page: number;
};

/** Everybody at the same size, with pages for those who do not fit. */
export function GridStage({ plan, arranged, page }: GridStageProps) {
  const { dispatch } = useArrangement();
  const { container, grid } = plan;
  const shown = arranged.slice(page * grid.perPage, (page + 1) * grid.perPage);
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
