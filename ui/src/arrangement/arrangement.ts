import type { PeerId } from '@parley/proto';
import { samePicture, type PictureRef } from '../layout/stage.ts';

export type Layout = 'grid' | 'speaker';
export type Panel = 'chat' | 'people' | 'statistics';
export type CallDialog = 'settings' | 'shortcuts';
export type SelfView = 'auto' | 'floating' | 'hidden';
export type Corner = 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right';

/** How this person looks at the call: nothing of it is known to anybody else. */
export type Arrangement = {
  layout: Layout;
  pinned: PictureRef<PeerId> | null;
  panel: Panel | null;
  dialog: CallDialog | null;
  /** Of the grid, from 0. */
  page: number;
  /** null: everybody. */
  chatRecipient: PeerId | null;
  selfView: SelfView;
  selfCorner: Corner;
};

export type ArrangementAction =
  | { type: 'layout-chosen'; layout: Layout }
  | { type: 'pin-toggled'; picture: PictureRef<PeerId> }
  | { type: 'panel-toggled'; panel: Panel }
  | { type: 'panel-closed' }
  | { type: 'dialog-opened'; dialog: CallDialog }
  | { type: 'dialog-closed' }
  | { type: 'page-turned'; page: number }
  | { type: 'recipient-chosen'; peerId: PeerId | null }
  | { type: 'private-chat-opened'; peerId: PeerId }
  | { type: 'self-view-chosen'; selfView: SelfView }
  | { type: 'self-view-moved'; corner: Corner };

export const INITIAL_ARRANGEMENT: Arrangement = {
  layout: 'grid',
  pinned: null,
  panel: null,
  dialog: null,
  page: 0,
  chatRecipient: null,
  selfView: 'auto',
  selfCorner: 'bottom-right',
};

export function reduceArrangement(arrangement: Arrangement, action: ArrangementAction): Arrangement {
  switch (action.type) {
    case 'layout-chosen':
      return { ...arrangement, layout: action.layout, pinned: null };
    case 'pin-toggled':
      return {
        ...arrangement,
        pinned:
          arrangement.pinned !== null && samePicture(arrangement.pinned, action.picture)
            ? null
            : action.picture,
      };
    case 'panel-toggled':
      return { ...arrangement, panel: arrangement.panel === action.panel ? null : action.panel };
    case 'panel-closed':
      return { ...arrangement, panel: null };
    case 'dialog-opened':
      return { ...arrangement, dialog: action.dialog };
    case 'dialog-closed':
      return { ...arrangement, dialog: null };
    case 'page-turned':
      return { ...arrangement, page: Math.max(0, action.page) };
    case 'recipient-chosen':
      return { ...arrangement, chatRecipient: action.peerId };
    case 'private-chat-opened':
      return { ...arrangement, chatRecipient: action.peerId, panel: 'chat' };
    case 'self-view-chosen':
      return { ...arrangement, selfView: action.selfView };
    case 'self-view-moved':
      return { ...arrangement, selfCorner: action.corner };
  }
}

export type SelfPlacement = 'inline' | 'floating' | 'hidden';

/**
 * Where one's own picture goes. With one other person it floats, so that they get the whole window; among more it
 * takes a place like everybody's. Alone it is all there is to see.
 */
export function selfPlacement(
  choice: SelfView,
  others: number,
  mode: 'grid' | 'stage',
  screenShared: boolean,
): SelfPlacement {
  if (others === 0) return 'inline';
  if (choice !== 'auto') return choice;
  if (mode === 'stage') return others > 1 || screenShared ? 'inline' : 'floating';
  return others > 1 ? 'inline' : 'floating';
}

const CORNER_MOVES: Record<string, { axis: 'x' | 'y'; to: string }> = {
  ArrowLeft: { axis: 'x', to: 'left' },
  ArrowRight: { axis: 'x', to: 'right' },
  ArrowUp: { axis: 'y', to: 'top' },
  ArrowDown: { axis: 'y', to: 'bottom' },
};

/** Which corner an arrow key moves the self view to; null for every other key. */
export function movedCorner(corner: Corner, key: string): Corner | null {
  const move = CORNER_MOVES[key];
  if (move === undefined) return null;
  const [vertical, horizontal] = corner.split('-');
  return (move.axis === 'x' ? `${vertical}-${move.to}` : `${move.to}-${horizontal}`) as Corner;
}

/** The corner nearest to a point of a container. */
export function nearestCorner(x: number, y: number, container: { width: number; height: number }): Corner {
  const vertical = y < container.height / 2 ? 'top' : 'bottom';
  const horizontal = x < container.width / 2 ? 'left' : 'right';
  return `${vertical}-${horizontal}`;
}
