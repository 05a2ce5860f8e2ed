'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { shortcutKey } from '../../browser/shortcuts.ts';
import { IconButton } from '../basics/icon-button.tsx';

type PagerProps = { page: number; pages: number; onTurn: (page: number) => void };

export function Pager({ page, pages, onTurn }: PagerProps) {
  return (
    <nav
      aria-label="Pages"
      className="absolute inset-x-0 bottom-0 flex h-10 items-center justify-center gap-3"
    >
      <IconButton
        label="Previous page"
        shortcut={shortcutKey('previous-page')}
        size="small"
        tone="quiet"
        disabled={page === 0}
        onClick={() => onTurn(page - 1)}
      >
        <ChevronLeft aria-hidden className="rtl:-scale-x-100" />
      </IconButton>
      <span aria-live="polite" className="min-w-16 text-center text-sm text-ink-soft tabular-nums">
        {`${page + 1} of ${pages}`}
      </span>
      <IconButton
        label="Next page"
        shortcut={shortcutKey('next-page')}
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
