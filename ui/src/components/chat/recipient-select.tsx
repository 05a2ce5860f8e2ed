'use client';

import type { PeerId } from '@parley/proto';
import { Lock, Users } from 'lucide-react';
import { useCall } from '../../hooks/use-call.tsx';
import { useArrangement } from '../../hooks/use-arrangement.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { nameInWords } from '../../words/name-words.ts';
import { cn } from '../basics/cn.ts';
import { Select } from '../basics/select.tsx';

const EVERYONE = 'everyone';
const GONE = 'gone';

/** Chooses the recipient of the next message. If the chosen person has left, the choice says so. */
export function RecipientSelect({ gone }: { gone: boolean }) {
  const words = useWords();
  const { t } = words;
  const { arrangement, dispatch } = useArrangement();
  const participants = useCall((state) => state.participants);
  const others = participants
    .filter((participant) => !participant.isSelf)
    .map((participant) => ({
      value: participant.peerId as string,
      label: t('chat.recipient.only', { name: nameInWords(words, participant.shownName) }),
    }));
  const isPrivate = arrangement.chatRecipient !== null;
  const options = [
    { value: EVERYONE, label: t('chat.recipient.everyone') },
    ...others,
    ...(gone ? [{ value: GONE, label: t('chat.recipient.gone') }] : []),
  ];
  return (
    <Select
      label={t('chat.recipient.label')}
      icon={isPrivate ? <Lock aria-hidden /> : <Users aria-hidden />}
      value={gone ? GONE : (arrangement.chatRecipient ?? EVERYONE)}
      options={options}
      onChange={(value) => {
        if (value !== GONE)
          dispatch({ type: 'recipient-chosen', peerId: value === EVERYONE ? null : (value as PeerId) });
      }}
      className={cn(
        'h-9 border-line bg-transparent',
        isPrivate && 'border-warn/60 text-warn [&_svg]:text-warn',
      )}
    />
  );
}
