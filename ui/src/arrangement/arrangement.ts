import type { PeerId } from '@parley/proto';
import { sameView, type StageView } from '../layout/stage.ts';

export type Layout = 'grid' | 'speaker';
export type Panel = 'chat' | 'people' | 'statistics';
export type CallDialog = 'settings' | 'shortcuts';
export type SelfView = 'auto' | 'floating' | 'hidden';
export type Corner = 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right';

/** How this person looks at the call: nothing of it is known to anybody else. */
export type CallView = {
  layout: Layout;
  pinned: StageView<PeerId> | null;
  panel: Panel | null;
  dialog: CallDialog | null;
  /** Of the grid, from 0. */
  page: number;
  /** null: everybody. */
  chatRecipient: PeerId | null;
  selfView: SelfView;
  selfCorner: Corner;
};

export type CallViewAction =
  | { type: 'layout-chosen'; layout: Layout }
  | { type: 'pin-toggled'; view: StageView<PeerId> }
  | { type: 'panel-toggled'; panel: Panel }
  | { type: 'panel-closed' }
  | { type: 'dialog-opened'; dialog: CallDialog }
  | { type: 'dialog-closed' }
  | { type: 'page-turned'; page: number }
  | { type: 'recipient-chosen'; peerId: PeerId | null }
  | { type: 'private-chat-opened'; peerId: PeerId }
  | { type: 'self-view-chosen'; selfView: SelfView }
  | { type: 'self-view-moved'; corner: Corner };

export const INITIAL_CALL_VIEW: CallView = {
  layout: 'grid',
  pinned: null,
  panel: null,
  dialog: null,
  page: 0,
  chatRecipient: null,
  selfView: 'auto',
  selfCorner: 'bottom-right',
};

export function reduceCallView(view: CallView, action: CallViewAction): CallView {
  switch (action.type) {
    case 'layout-chosen':
      return { ...view, layout: action.layout, pinned: null };
    case 'pin-toggled':
      return {
        ...view,
        pinned: view.pinned !== null && sameView(view.pinned, action.view) ? null : action.view,
      };
    case 'panel-toggled':
      return { ...view, panel: view.panel === action.panel ? null : action.panel };
    case 'panel-closed':
      return { ...view, panel: null };
    case 'dialog-opened':
      return { ...view, dialog: action.dialog };
    case 'dialog-closed':
      return { ...view, dialog: null };
    case 'page-turned':
      return { ...view, page: Math.max(0, action.page) };
    case 'recipient-chosen':
      return { ...view, chatRecipient: action.peerId };
    case 'private-chat-opened':
      return { ...view, chatRecipient: action.peerId, panel: 'chat' };
    case 'self-view-chosen':
      return { ...view, selfView: action.selfView };
    case 'self-view-moved':
      return { ...view, selfCorner: action.corner };
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
