import type { PeerId } from '@parley/proto/ids';
import type { Recipient } from '../call/state/call-state.ts';
import type { PictureFit } from '../layout/picture-fit.ts';
import { samePicture, type PictureRef } from '../layout/stage.ts';
import type { Corner, SelfView } from './self-view.ts';

type Layout = 'grid' | 'speaker';
export type Panel = 'chat' | 'people' | 'statistics';
type CallDialog = 'settings' | 'shortcuts' | 'hosts';

/** What the page asks before somebody who leads the call does it. */
export type Question =
  | { act: 'endCall' }
  | { act: 'makeViewer' | 'handOver' | 'remove' | 'ban'; peerId: PeerId; name: string };
export type QuestionAct = Question['act'];

/** How one person looks at the call. It stays in this browser. */
export type Arrangement = {
  layout: Layout;
  pinned: PictureRef<PeerId> | null;
  panel: Panel | null;
  dialog: CallDialog | null;
  question: Question | null;
  /** The page of the grid, from 0. */
  page: number;
  /** null: everyone. */
  chatRecipient: Recipient | null;
  selfView: SelfView;
  selfCorner: Corner;
  /** The tiles for which the person chose how the picture is shown. */
  fits: ReadonlyMap<PeerId, PictureFit>;
};

export type ArrangementAction =
  | { type: 'layout-chosen'; layout: Layout }
  | { type: 'pin-toggled'; picture: PictureRef<PeerId> }
  | { type: 'panel-toggled'; panel: Panel }
  | { type: 'panel-closed' }
  | { type: 'dialog-opened'; dialog: CallDialog }
  | { type: 'dialog-closed' }
  | { type: 'question-asked'; question: Question }
  | { type: 'question-settled' }
  | { type: 'page-turned'; page: number }
  | { type: 'recipient-chosen'; recipient: Recipient | null }
  | { type: 'private-chat-opened'; recipient: Recipient }
  | { type: 'self-view-chosen'; selfView: SelfView }
  | { type: 'self-view-moved'; corner: Corner }
  | { type: 'fit-chosen'; peerId: PeerId; fit: PictureFit };

export const INITIAL_ARRANGEMENT: Arrangement = {
  layout: 'grid',
  pinned: null,
  panel: null,
  dialog: null,
  question: null,
  page: 0,
  chatRecipient: null,
  selfView: 'auto',
  selfCorner: 'bottom-end',
  fits: new Map(),
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
    case 'question-asked':
      return { ...arrangement, dialog: null, question: action.question };
    case 'question-settled':
      return { ...arrangement, question: null };
    case 'page-turned':
      return { ...arrangement, page: Math.max(0, action.page) };
    case 'recipient-chosen':
      return { ...arrangement, chatRecipient: action.recipient };
    case 'private-chat-opened':
      return { ...arrangement, chatRecipient: action.recipient, panel: 'chat' };
    case 'self-view-chosen':
      return { ...arrangement, selfView: action.selfView };
    case 'self-view-moved':
      return { ...arrangement, selfCorner: action.corner };
    case 'fit-chosen':
      return { ...arrangement, fits: new Map(arrangement.fits).set(action.peerId, action.fit) };
  }
}

/** Whether `staged` gets the stage: a pinned picture and a shared screen always do, a speaker only in speaker view. */
export function wantsStage(
  { layout, pinned }: Pick<Arrangement, 'layout' | 'pinned'>,
  staged: PictureRef<PeerId> | null,
  peopleCount: number,
): boolean {
  if (staged === null || peopleCount === 0) return false;
  const isPinned = pinned !== null && samePicture(pinned, staged);
  return isPinned || staged.source === 'screen' || (layout === 'speaker' && peopleCount > 1);
}
