'use client';

import type { PeerId } from '@parley/proto/ids';
import {
  Ellipsis,
  Expand,
  EyeOff,
  MessageSquareLock,
  PictureInPicture2,
  Pin,
  PinOff,
  LayoutGrid,
  Shrink,
} from 'lucide-react';
import { useArrangement } from '../../hooks/use-arrangement.tsx';
import { useWords } from '../../hooks/use-words.ts';
import type { Participant } from '../../call/state/call-state.ts';
import type { PictureFit } from '../../layout/picture-fit.ts';
import { samePicture } from '../../layout/stage.ts';
import { nameInWords } from '../../words/name-words.ts';
import { LazyMenu, MenuItem } from '../basics/menu.tsx';
import { PersonActs } from '../hosts/person-acts.tsx';

type TileMenuProps = {
  participant: Participant;
  source: 'camera' | 'screen';
  /** How the picture is shown now. Absent for a shared screen, which is always shown whole. */
  fit?: PictureFit;
};

/** Actions for one picture. Shown on hover and focus; always shown on devices without hover. */
export function TileMenu(props: TileMenuProps) {
  const words = useWords();
  const { participant } = props;
  return (
    <LazyMenu
      button={
        <button
          type="button"
          aria-label={
            participant.isSelf
              ? words.t('stage.menu.ofSelf')
              : words.t('stage.menu.of', { name: nameInWords(words, participant.shownName) })
          }
          className="absolute top-1.5 end-1.5 flex size-9 items-center justify-center rounded-full bg-black/60 text-white opacity-0 transition-opacity group-hover/tile:opacity-100 hover:bg-black/80 focus-visible:opacity-100 data-[state=open]:opacity-100 [@media(hover:none)]:bg-transparent [@media(hover:none)]:opacity-80 [@media(hover:none)]:drop-shadow-[0_0_2px_black]"
        >
          <Ellipsis aria-hidden className="size-4.5" />
        </button>
      }
    >
      <Items {...props} />
    </LazyMenu>
  );
}

function Items({ participant, source, fit }: TileMenuProps) {
  const { t } = useWords();
  const { arrangement, dispatch } = useArrangement();
  const picture = { peerId: participant.peerId, source };
  const pinned = arrangement.pinned !== null && samePicture(arrangement.pinned, picture);
  return (
    <>
      <MenuItem onSelect={() => dispatch({ type: 'pin-toggled', picture })}>
        {pinned ? <PinOff aria-hidden /> : <Pin aria-hidden />}
        <span>{t(pinned ? 'stage.menu.unpin' : 'stage.menu.pin')}</span>
      </MenuItem>
      {fit === undefined || participant.cameraTrack === null ? null : (
        <FitItem peerId={participant.peerId} fit={fit} />
      )}
      {participant.isSelf ? <SelfItems /> : <OtherItems participant={participant} />}
      <PersonActs participant={participant} />
    </>
  );
}

function FitItem({ peerId, fit }: { peerId: PeerId; fit: PictureFit }) {
  const { t } = useWords();
  const { dispatch } = useArrangement();
  const whole = fit === 'contain';
  return (
    <MenuItem onSelect={() => dispatch({ type: 'fit-chosen', peerId, fit: whole ? 'cover' : 'contain' })}>
      {whole ? <Expand aria-hidden /> : <Shrink aria-hidden />}
      <span>{t(whole ? 'stage.menu.fill' : 'stage.menu.whole')}</span>
    </MenuItem>
  );
}

function SelfItems() {
  const { t } = useWords();
  const { arrangement, dispatch } = useArrangement();
  const floating = arrangement.selfView === 'floating';
  return (
    <>
      <MenuItem
        onSelect={() => dispatch({ type: 'self-view-chosen', selfView: floating ? 'auto' : 'floating' })}
      >
        {floating ? <LayoutGrid aria-hidden /> : <PictureInPicture2 aria-hidden />}
        <span>{t(floating ? 'stage.menu.automatic' : 'stage.menu.float')}</span>
      </MenuItem>
      <MenuItem onSelect={() => dispatch({ type: 'self-view-chosen', selfView: 'hidden' })}>
        <EyeOff aria-hidden />
        <span>{t('stage.menu.hide')}</span>
      </MenuItem>
    </>
  );
}

function OtherItems({ participant: { peerId, shownName: name } }: { participant: Participant }) {
  const { t } = useWords();
  const { dispatch } = useArrangement();
  return (
    <MenuItem onSelect={() => dispatch({ type: 'private-chat-opened', recipient: { peerId, name } })}>
      <MessageSquareLock aria-hidden />
      <span>{t('stage.menu.writePrivately')}</span>
    </MenuItem>
  );
}
