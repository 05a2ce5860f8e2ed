'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useWords } from '../../hooks/use-words.ts';
import { keyWords } from '../../words/shortcut-words.ts';
import { IconButton } from '../basics/icon-button.tsx';

type PagerProps = { page: number; pages: number; onTurn: (page: number) => void };

export function Pager({ page, pages, onTurn }: PagerProps) {
  const words = useWords();
  const { t } = words;
  return (
    <nav
      aria-label={t('stage.pager.name')}
      className="absolute inset-x-0 bottom-0 flex h-10 items-center justify-center gap-3"
    >
      <IconButton
        label={t('stage.pager.previous')}
        shortcut={keyWords(words, 'previous-page')}
        size="small"
        tone="quiet"
        disabled={page === 0}
        onClick={() => onTurn(page - 1)}
      >
        <ChevronLeft aria-hidden className="rtl:-scale-x-100" />
      </IconButton>
      <span aria-live="polite" className="min-w-16 text-center text-sm text-ink-soft tabular-nums">
        {t('stage.pager.place', { page: page + 1, pages })}
      </span>
      <IconButton
        label={t('stage.pager.next')}
        shortcut={keyWords(words, 'next-page')}
        size="small"
        tone="quiet"
        disabled={page >= pages - 1}
        onClick={() => onTurn(page + 1)}
      >
        <ChevronRight aria-hidden className="rtl:-scale-x-100" />
      </IconButton>
    </nav>
  );
}
