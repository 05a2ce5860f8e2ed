'use client';

import { useState } from 'react';
import { useCall, useCallClient } from '../../hooks/use-call.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { nameInWords } from '../../words/name-words.ts';
import { Button } from '../basics/button.tsx';
import { Dialog } from '../basics/dialog.tsx';
import { WaitingRow, type WaitingOne } from './waiting-row.tsx';

/** The people before the door, in the order of knocking, for those who may admit. */
export function WaitingSection() {
  const { t } = useWords();
  const { leading } = useCallClient();
  const waiting = useCall((state) => state.waiting);
  const [blocking, setBlocking] = useState<WaitingOne | null>(null);
  return (
    <>
      {waiting.length === 0 ? null : (
        <section className="pb-2">
          <div className="flex items-center justify-between gap-2 px-2 pt-2 pb-1">
            <h3 className="text-xs font-medium text-ink-soft">
              {t('door.knocks.heading', { count: waiting.length })}
            </h3>
            {waiting.length === 1 ? null : (
              <Button size="small" onClick={() => void leading.admitAll()}>
                {t('door.knocks.admitAll')}
              </Button>
            )}
          </div>
          <ul>
            {waiting.map((person) => (
              <WaitingRow key={person.peerId} person={person} onBlock={setBlocking} />
            ))}
          </ul>
        </section>
      )}
      {blocking === null ? null : <BlockQuestion person={blocking} onDone={() => setBlocking(null)} />}
    </>
  );
}

type BlockQuestionProps = { person: WaitingOne; onDone: () => void };

/** A ban also keeps others out, who may share a network with the person. */
function BlockQuestion({ person: { peerId, shownName, guest }, onDone }: BlockQuestionProps) {
  const words = useWords();
  const { t } = words;
  const { leading } = useCallClient();
  const name = nameInWords(words, shownName);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onDone()}
      title={t('door.blocking.title', { name })}
      description={t(guest ? 'door.blocking.guest' : 'door.blocking.account', { name })}
    >
      <div className="flex flex-wrap gap-3">
        <Button
          tone="danger"
          onClick={() => {
            void leading.block(peerId);
            onDone();
          }}
        >
          {t('door.blocking.confirm')}
        </Button>
        <Button onClick={onDone}>{t('basics.close')}</Button>
      </div>
    </Dialog>
  );
}
