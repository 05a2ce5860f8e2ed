'use client';

import { Paperclip, Smile } from 'lucide-react';
import { useRef, useState } from 'react';
import { useWords } from '../../../hooks/use-words.ts';
import { IconButton } from '../../basics/icon-button.tsx';
import { EmojiPopover } from '../emoji/emoji-popover.tsx';

type ComposerToolsProps = {
  /** Nothing can be sent to a person who has left. */
  disabled: boolean;
  onEmoji: (emoji: string) => void;
  onFiles: (files: readonly File[]) => void;
};

/** What a message may have besides typed words. */
export function ComposerTools({ disabled, onEmoji, onFiles }: ComposerToolsProps) {
  const { t } = useWords();
  const [picking, setPicking] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        data-testid="chat-file-input"
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          // An empty value lets the person choose the same file again.
          target.value = '';
        }}
      />
      <IconButton
        label={t('chat.file.send')}
        tone="quiet"
        size="small"
        disabled={disabled}
        onClick={() => input.current?.click()}
      >
        <Paperclip aria-hidden />
      </IconButton>
      <EmojiPopover open={picking} onOpenChange={setPicking} onPick={onEmoji}>
        <IconButton
          label={t('chat.emoji.button')}
          tone="quiet"
          size="small"
          aria-expanded={picking}
          onClick={() => setPicking(true)}
        >
          <Smile aria-hidden />
        </IconButton>
      </EmojiPopover>
    </>
  );
}
