'use client';

import { useArrangement } from '../../hooks/use-arrangement.tsx';
import type { Participant } from '../../call/state/call-state.ts';
import { gridRects } from '../../layout/grid.ts';
import type { GridPlan } from '../../layout/grid-plan.ts';
import { Tile } from '../tile/tile.tsx';
import { Pager } from './pager.tsx';
import { Placed } from './placed.tsx';

type GridStageProps = {
  plan: GridPlan;
  /** The participants in the order of their tiles, over all pages. */
  arranged: readonly Participant[];
  page: number;
};

/** All tiles in one size, with pages if they do not fit. */
export function GridStage({ plan, arranged, page }: GridStageProps) {
  const { dispatch } = useArrangement();
  const { container, grid } = plan;
  const shown = arranged.slice(page * grid.perPage, (page + 1) * grid.perPage);
  // The last page uses the tile size of the other pages, even if it has fewer tiles.
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
