'use client';

import { leads } from '@parley/proto/room';
import { useEffect, useRef } from 'react';
import { nameInWords } from '../../words/name-words.ts';
import { useCall } from '../../hooks/use-call.tsx';
import { useToasts } from '../../hooks/use-toasts.tsx';
import { useWords } from '../../hooks/use-words.ts';

/** Says that somebody else leads the call from now on. The person itself reads a notice. */
export function useNewHostToast(): void {
  const words = useWords();
  const participants = useCall((state) => state.participants);
  const { showToast } = useToasts();
  const before = useRef(participants);
  useEffect(() => {
    const known = new Map(before.current.map(({ peerId, role }) => [peerId, role]));
    before.current = participants;
    for (const { peerId, isSelf, role, shownName } of participants) {
      const former = known.get(peerId);
      if (!isSelf && former !== undefined && !leads(former) && leads(role))
        showToast(words.t('hosts.newHost', { name: nameInWords(words, shownName) }));
    }
  }, [words, participants, showToast]);
}
