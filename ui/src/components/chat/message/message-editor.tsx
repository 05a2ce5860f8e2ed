'use client';

import { CHAT_TEXT_MAX } from '@parley/proto/text';
import { useState, type FormEvent, type KeyboardEvent } from 'react';
import { isComposing } from '../../../browser/composing.ts';
import type { ChatEntry } from '../../../call/index.ts';
import { useCallClient } from '../../../hooks/use-call.tsx';
import { useWords } from '../../../hooks/use-words.ts';
import { Button } from '../../basics/button.tsx';

type MessageEditorProps = { entry: ChatEntry; onDone: () => void };

/** Changes the words of a message in its place. Enter saves, Escape leaves them as they were. */
export function MessageEditor({ entry, onDone }: MessageEditorProps) {
  const { t } = useWords();
  const call = useCallClient();
  const [text, setText] = useState(entry.text);
  const isSavable = text.trim() !== '' && text.length <= CHAT_TEXT_MAX;
  const save = async () => {
    if (!isSavable) return;
    if (text === entry.text || (await call.chat.changes.edit(entry.messageId, text))) onDone();
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      onDone();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void save();
    }
  };
  return (
    <form onSubmit={onSubmit} className="mt-1">
      <textarea
        // The person has just asked for it.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        dir="auto"
        aria-label={t('chat.editor.label')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        className="field-sizing-content max-h-48 min-h-9 w-full resize-none rounded-lg border border-line-strong bg-ground px-2 py-2 text-base outline-none focus:border-accent lg:text-sm"
      />
      <div className="mt-1 flex justify-end gap-2">
        <Button size="small" onClick={onDone}>
          {t('chat.editor.cancel')}
        </Button>
        <Button size="small" type="submit" disabled={!isSavable}>
          {t('chat.editor.save')}
        </Button>
      </div>
    </form>
  );
}
