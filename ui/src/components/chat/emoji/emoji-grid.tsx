'use client';

import { useDeferredValue, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useWords } from '../../../hooks/use-words.ts';
import { cn } from '../../basics/cn.ts';
import { loadEmoji, searchEmoji, type Emoji } from './emoji-data.ts';

const COLUMNS = 8;
const SHOWN_MAX = 240;

type EmojiGridProps = { onPick: (emoji: string) => void; className: string };

/** A field to search, and the emoji that fit. Arrow keys go through them. */
export function EmojiGrid({ onPick, className }: EmojiGridProps) {
  const { t, locale } = useWords();
  const all = useEmoji(locale);
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text);
  const found = useMemo(() => searchEmoji(all, wanted, locale), [all, wanted, locale]);
  const grid = useRef<HTMLDivElement>(null);
  return (
    <div className={cn('flex flex-col gap-2', className)}>
      <input
        type="search"
        dir="auto"
        aria-label={t('chat.emoji.search')}
        placeholder={t('chat.emoji.search')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') moveFocus(event, grid.current);
        }}
        className="h-10 rounded-lg border border-line-strong bg-ground px-3 text-base outline-none focus:border-accent lg:text-sm"
      />
      <div ref={grid} className="min-h-0 flex-1 overflow-hidden">
        <EmojiButtons
          key={wanted}
          found={found}
          onPick={onPick}
          onKeyDown={(event) => moveFocus(event, grid.current)}
        />
      </div>
      {all.length > 0 && found.length === 0 ? (
        <p role="status" className="pb-2 text-center text-sm text-ink-soft">
          {t('chat.emoji.none')}
        </p>
      ) : null}
    </div>
  );
}

type EmojiButtonsProps = {
  found: readonly Emoji[];
  onPick: (emoji: string) => void;
  onKeyDown: (event: KeyboardEvent) => void;
};

/** More of them are made as the person scrolls. */
function EmojiButtons({ found, onPick, onKeyDown }: EmojiButtonsProps) {
  const { t } = useWords();
  const [shown, setShown] = useState(SHOWN_MAX);
  return (
    <div
      role="group"
      aria-label={t('chat.emoji.button')}
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        if (scrollTop + 2 * clientHeight > scrollHeight) setShown((count) => count + SHOWN_MAX);
      }}
      className="grid h-full auto-rows-min grid-cols-8 overflow-y-auto overscroll-contain"
    >
      {found.slice(0, shown).map(({ unicode, label }, index) => (
        <button
          key={unicode}
          type="button"
          tabIndex={index === 0 ? 0 : -1}
          aria-label={label}
          title={label}
          onClick={() => onPick(unicode)}
          onKeyDown={onKeyDown}
          className="grid aspect-square place-items-center rounded-lg text-2xl -outline-offset-2 hover:bg-lifted"
        >
          <span aria-hidden>{unicode}</span>
        </button>
      ))}
    </div>
  );
}

function useEmoji(locale: string): readonly Emoji[] {
  const [all, setAll] = useState<readonly Emoji[]>([]);
  useEffect(() => {
    let current = true;
    void loadEmoji(locale).then((emoji) => current && setAll(emoji));
    return () => {
      current = false;
    };
  }, [locale]);
  return all;
}

function moveFocus(event: KeyboardEvent, grid: HTMLElement | null): void {
  if (grid === null) return;
  const buttons = [...grid.querySelectorAll('button')];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const step = stepOf(event, getComputedStyle(grid).direction === 'rtl');
  if (step === 0) return;
  event.preventDefault();
  buttons[at === -1 ? 0 : Math.max(0, Math.min(buttons.length - 1, at + step))]?.focus();
}

function stepOf({ key }: KeyboardEvent, isRightToLeft: boolean): number {
  const forward = isRightToLeft ? -1 : 1;
  switch (key) {
    case 'ArrowRight':
      return forward;
    case 'ArrowLeft':
      return -forward;
    case 'ArrowDown':
      return COLUMNS;
    case 'ArrowUp':
      return -COLUMNS;
    default:
      return 0;
  }
}
