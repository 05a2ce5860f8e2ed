'use client';

import { DoorOpen, X } from 'lucide-react';
import { useState } from 'react';
import { useArrangement } from '../../hooks/use-arrangement.tsx';
import { useCall, useCallClient } from '../../hooks/use-call.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { knockWords } from '../../words/door-words.ts';
import { nameInWords } from '../../words/name-words.ts';
import { Button } from '../basics/button.tsx';
import { IconButton } from '../basics/icon-button.tsx';

/** Says to those who may admit that somebody waits. Stays until nobody waits, or until it is put away; whoever comes next brings it back. */
export function KnockNotice() {
  const words = useWords();
  const { t } = words;
  const call = useCallClient();
  const waiting = useCall((state) => state.waiting);
  const { arrangement, dispatch } = useArrangement();
  const [putAway, setPutAway] = useState<ReadonlySet<string>>(new Set());
  const [first] = waiting;
  const isListed = arrangement.panel === 'people';
  if (first === undefined || isListed || waiting.every(({ peerId }) => putAway.has(peerId))) return null;
  const isAlone = waiting.length === 1;
  return (
    <section
      aria-label={t('door.knocks.heading', { count: waiting.length })}
      className="mx-auto flex max-w-full shrink-0 animate-rise items-center gap-3 rounded-2xl border border-line bg-surface p-2 ps-4 text-sm shadow-float"
    >
      <DoorOpen aria-hidden className="size-4.5 shrink-0 text-accent" />
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1.5">
        <p className="min-w-0 flex-1 basis-40 font-medium wrap-anywhere">{knockWords(words, waiting)}</p>
        <div className="flex gap-2">
          <Button
            size="small"
            tone="primary"
            aria-label={
              isAlone ? t('door.knocks.admitNamed', { name: nameInWords(words, first.shownName) }) : undefined
            }
            onClick={() => void (isAlone ? call.leading.admit(first.peerId) : call.leading.admitAll())}
          >
            {t(isAlone ? 'door.knocks.admit' : 'door.knocks.admitAll')}
          </Button>
          <Button size="small" onClick={() => dispatch({ type: 'panel-toggled', panel: 'people' })}>
            {t('door.knocks.show')}
          </Button>
        </div>
      </div>
      <IconButton
        label={t('notices.dismiss')}
        tone="quiet"
        size="small"
        onClick={() => setPutAway(new Set(waiting.map(({ peerId }) => peerId)))}
      >
        <X aria-hidden />
      </IconButton>
    </section>
  );
}
