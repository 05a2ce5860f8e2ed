'use client';

import { CHAT_TEXT_MAX } from '@parley/proto/text';
import { SendHorizontal } from 'lucide-react';
import { useId, useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { isComposing } from '../../../browser/composing.ts';
import { readChatText } from '../../../call/state/chat/chat-text.ts';
import { useCall, useCallClient } from '../../../hooks/use-call.tsx';
import { useArrangement } from '../../../hooks/use-arrangement.tsx';
import { useWords } from '../../../hooks/use-words.ts';
import { isGone } from '../../../selectors/is-gone.ts';
import { cn } from '../../basics/cn.ts';
import { IconButton } from '../../basics/icon-button.tsx';
import { ClearChat } from './clear-chat.tsx';
import { ComposerTools } from './composer-tools.tsx';
import { RecipientSelect } from './recipient-select.tsx';
import { ReplyLine } from './reply-line.tsx';
import { SaveChat } from './save-chat.tsx';

const COUNT_FROM = CHAT_TEXT_MAX - 200;

/** The field for a new message. Enter sends the message, Shift and Enter begin a new line. */
export function ChatComposer() {
  const { t } = useWords();
  const { text, write, isPrivate, gone, sendable, send, sendFiles } = useDraft();
  const { field, insert } = useInsertion(text, write);
  const isTooLong = text.length > CHAT_TEXT_MAX && !sendable;
  const countId = useId();
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || isComposing(event.nativeEvent)) return;
    event.preventDefault();
    send();
  };

  return (
    <form onSubmit={onSubmit} className="shrink-0 border-t border-line p-3">
      <div className="flex items-center gap-1">
        <div className="min-w-0 flex-1">
          <RecipientSelect gone={gone} />
        </div>
        <SaveChat />
        <ClearChat />
      </div>
      <ReplyLine />
      <div className="mt-2 flex items-end gap-1 rounded-2xl border border-line-strong bg-ground p-1.5 focus-within:border-accent">
        <textarea
          ref={field}
          data-autofocus
          dir="auto"
          aria-label={t('chat.composer.message')}
          placeholder={t(isPrivate ? 'chat.composer.privately' : 'chat.composer.toEveryone')}
          aria-invalid={isTooLong}
          aria-describedby={countId}
          rows={1}
          value={text}
          onChange={(event) => write(event.target.value)}
          onKeyDown={onKeyDown}
          onPaste={({ clipboardData: { files } }) => sendFiles([...files])}
          className="field-sizing-content max-h-36 min-h-9 min-w-0 flex-1 resize-none bg-transparent px-2 py-2 text-base leading-5 outline-none placeholder:text-ink-faint lg:text-sm"
        />
        <ComposerTools disabled={gone} onEmoji={insert} onFiles={sendFiles} />
        <IconButton
          type="submit"
          label={t('chat.composer.send')}
          size="small"
          tone={sendable ? 'active' : 'neutral'}
          disabled={!sendable}
        >
          <SendHorizontal aria-hidden className="rtl:-scale-x-100" />
        </IconButton>
      </div>
      <CharacterCount id={countId} length={text.length} isTooLong={isTooLong} />
    </form>
  );
}

type CharacterCountProps = { id: string; length: number; isTooLong: boolean };

/** Has words only near the limit. */
function CharacterCount({ id, length, isTooLong }: CharacterCountProps) {
  const { t } = useWords();
  return (
    <p
      id={id}
      aria-live="polite"
      className={cn(
        'text-end text-xs tabular-nums',
        isTooLong ? 'font-medium text-danger-soft' : 'text-ink-faint',
      )}
    >
      {length > COUNT_FROM && <span>{t('chat.composer.length', { length, max: CHAT_TEXT_MAX })}</span>}
    </p>
  );
}

/** Puts text where the person writes. */
function useInsertion(text: string, write: (text: string) => void) {
  const field = useRef<HTMLTextAreaElement>(null);
  const insert = (inserted: string) => {
    const { selectionStart = text.length, selectionEnd = text.length } = field.current ?? {};
    write(text.slice(0, selectionStart) + inserted + text.slice(selectionEnd));
    field.current?.focus();
  };
  return { field, insert };
}

/** A message that is not sent yet, and its recipient. It cannot be sent to a person who has left. */
function useDraft() {
  const call = useCallClient();
  const { chatRecipient } = useArrangement().arrangement;
  const gone = useCall((state) => chatRecipient !== null && isGone(state, chatRecipient.peerId));
  const [text, setText] = useState(call.chat.draft);
  const write = (written: string) => {
    call.chat.keepDraft(written);
    setText(written);
    if (written.trim() === '') call.chat.typing.stop();
    else call.chat.typing.written(chatRecipient?.peerId ?? null);
  };
  const isPrivate = chatRecipient !== null;
  const sendable = readChatText(text) !== null && !gone;
  const send = () => {
    if (!sendable) return;
    call.chat.send(text, chatRecipient);
    call.chat.keepDraft('');
    setText('');
  };
  const sendFiles = (files: readonly File[]) => {
    if (files.length > 0 && !gone) call.chat.files.send(files, chatRecipient);
  };
  return { text, write, isPrivate, gone, sendable, send, sendFiles };
}
