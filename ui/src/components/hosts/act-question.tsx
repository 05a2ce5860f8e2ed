'use client';

import { useEffect } from 'react';
import type { Question } from '../../arrangement/arrangement.ts';
import type { Call } from '../../call/call.ts';
import { useArrangement } from '../../hooks/use-arrangement.tsx';
import { useCall, useCallClient } from '../../hooks/use-call.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { isGone } from '../../selectors/is-gone.ts';
import { nameInWords } from '../../words/name-words.ts';
import { Button } from '../basics/button.tsx';
import { Dialog } from '../basics/dialog.tsx';
import { actOn } from './act-on.ts';

/** Asked before somebody who leads the call does what cannot be taken back at once. It closes if the person whom it is about leaves. */
export function ActQuestion() {
  const words = useWords();
  const { t } = words;
  const call = useCallClient();
  const { arrangement, dispatch } = useArrangement();
  const { question } = arrangement;
  const person = question === null || question.act === 'endCall' ? null : question;
  const isOver = useCall((state) => person !== null && isGone(state, person.peerId));
  useEffect(() => {
    if (isOver) dispatch({ type: 'question-settled' });
  }, [isOver, dispatch]);
  if (question === null || isOver) return null;
  const given = { name: nameInWords(words, person?.name ?? '') };
  const close = () => dispatch({ type: 'question-settled' });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={t(`hosts.questions.${question.act}.title`, given)}
      description={t(`hosts.questions.${question.act}.text`, given)}
    >
      <div className="flex flex-wrap justify-end gap-3">
        <Button onClick={close}>{t('hosts.cancel')}</Button>
        <Button
          tone="danger"
          onClick={() => {
            close();
            void answer(call, question);
          }}
        >
          {t(`hosts.questions.${question.act}.confirm`)}
        </Button>
      </div>
    </Dialog>
  );
}

function answer(call: Call, question: Question): Promise<unknown> {
  return question.act === 'endCall'
    ? call.leading.endCall()
    : actOn(call.leading, question.act, question.peerId);
}
