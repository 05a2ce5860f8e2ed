'use client';

import { Lock, Users } from 'lucide-react';
import { useCall } from '../../../hooks/use-call.tsx';
import { useArrangement } from '../../../hooks/use-arrangement.tsx';
import { useWords } from '../../../hooks/use-words.ts';
import { recipientsOf } from '../../../selectors/recipients.ts';
import { nameInWords } from '../../../words/name-words.ts';
import { cn } from '../../basics/cn.ts';
import { Select } from '../../basics/select.tsx';

const EVERYONE = 'everyone';
const GONE = 'gone';

/** Chooses the recipient of the next message. If the chosen person has left, the choice says so. */
export function RecipientSelect({ gone }: { gone: boolean }) {
  const words = useWords();
  const { t } = words;
  const { arrangement, dispatch } = useArrangement();
  const participants = useCall((state) => state.participants);
  const { chatRecipient } = arrangement;
  const recipients = recipientsOf(participants, gone ? null : chatRecipient);
  const others = recipients.map(({ peerId, name }) => ({
    value: peerId as string,
    label: t('chat.recipient.only', { name: nameInWords(words, name) }),
  }));
  const options = [
    { value: EVERYONE, label: t('chat.recipient.everyone') },
    ...others,
    ...(gone ? [{ value: GONE, label: t('chat.recipient.gone') }] : []),
  ];
  return (
    <Select
      label={t('chat.recipient.label')}
      icon={chatRecipient !== null ? <Lock aria-hidden /> : <Users aria-hidden />}
      value={gone ? GONE : (chatRecipient?.peerId ?? EVERYONE)}
      options={options}
      onChange={(value) => {
        if (value === GONE) return;
        const recipient = recipients.find(({ peerId }) => peerId === value) ?? null;
        dispatch({ type: 'recipient-chosen', recipient });
      }}
      className={cn(
        'h-9 border-line bg-transparent',
        chatRecipient !== null && 'border-warn/60 text-warn [&_svg]:text-warn',
      )}
    />
  );
}
