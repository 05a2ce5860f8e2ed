'use client';

import {
  Ban,
  Crown,
  Eye,
  Hand,
  MicOff,
  MicVocal,
  ScreenShareOff,
  User,
  UserRoundCog,
  UserX,
  VideoOff,
  type LucideIcon,
} from 'lucide-react';
import { useArrangement } from '../../hooks/use-arrangement.tsx';
import { useCall, useCallClient, useSelf } from '../../hooks/use-call.tsx';
import { useWords } from '../../hooks/use-words.ts';
import type { Participant } from '../../call/state/call-state.ts';
import { personActs, type PersonAct } from '../../selectors/person-acts.ts';
import { MenuItem, MenuSeparator } from '../basics/menu.tsx';
import { actOn, isAsked } from './act-on.ts';

const ICONS: Record<PersonAct, LucideIcon> = {
  mute: MicOff,
  ask: MicVocal,
  stopCamera: VideoOff,
  stopScreen: ScreenShareOff,
  lowerHand: Hand,
  makeHost: Crown,
  makeParticipant: User,
  makeViewer: Eye,
  handOver: UserRoundCog,
  remove: UserX,
  ban: Ban,
};

/** The part of a person's menu for those who lead the call: what is allowed and does something now. */
export function PersonActs({ participant }: { participant: Participant }) {
  const { t } = useWords();
  const call = useCallClient();
  const { dispatch } = useArrangement();
  const self = useSelf();
  const permissions = useCall((state) => state.permissions);
  const acts = personActs({ permissions, self }, participant);
  if (acts.length === 0) return null;
  const { peerId, shownName: name } = participant;
  return (
    <>
      <MenuSeparator />
      {acts.map((act) => {
        const Icon = ICONS[act];
        return (
          <MenuItem
            key={act}
            onSelect={() =>
              isAsked(act)
                ? dispatch({ type: 'question-asked', question: { act, peerId, name } })
                : void actOn(call.leading, act, peerId)
            }
          >
            <Icon aria-hidden />
            <span>{t(`hosts.menu.${act}`)}</span>
          </MenuItem>
        );
      })}
    </>
  );
}
