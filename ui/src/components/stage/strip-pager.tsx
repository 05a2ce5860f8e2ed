'use client';

import { ChevronDown, ChevronLeft, ChevronRight, ChevronUp } from 'lucide-react';
import { useWords } from '../../hooks/use-words.ts';
import type { StageLayout } from '../../layout/strip.ts';
import { cn } from '../basics/cn.ts';

type StripPagerProps = { layout: StageLayout; page: number; onTurn: (page: number) => void };

const BUTTON =
  'absolute z-10 flex size-9 items-center justify-center rounded-full bg-black/70 text-white hover:bg-black disabled:hidden [&_svg]:size-5';

/** Buttons at the two ends of the strip that turn its pages. */
export function StripPager({ layout, page, onTurn }: StripPagerProps) {
  const { t } = useWords();
  const { strip, side, pages } = layout;
  const beside = side === 'right';
  const frame = { insetInlineStart: strip.x, top: strip.y, width: strip.width, height: strip.height };
  return (
    <nav
      aria-label={t('stage.strip.name')}
      style={frame}
      className="pointer-events-none absolute [&>button]:pointer-events-auto"
    >
      <button
        type="button"
        aria-label={t('stage.strip.previous')}
        disabled={page === 0}
        onClick={() => onTurn(page - 1)}
        className={cn(
          BUTTON,
          beside ? 'top-1 left-1/2 -translate-x-1/2' : 'top-1/2 start-1 -translate-y-1/2',
        )}
      >
        {beside ? <ChevronUp aria-hidden /> : <ChevronLeft aria-hidden className="rtl:-scale-x-100" />}
      </button>
      <button
        type="button"
        aria-label={t('stage.strip.next')}
        disabled={page >= pages - 1}
        onClick={() => onTurn(page + 1)}
        className={cn(
          BUTTON,
          beside ? 'bottom-1 left-1/2 -translate-x-1/2' : 'top-1/2 end-1 -translate-y-1/2',
        )}
      >
        {beside ? <ChevronDown aria-hidden /> : <ChevronRight aria-hidden className="rtl:-scale-x-100" />}
      </button>
    </nav>
  );
}
