'use client';

import { AudioLines } from 'lucide-react';
import { useCall } from '../../hooks/use-call.tsx';
import { useCallActions } from '../../hooks/use-call-actions.ts';
import { useWords } from '../../hooks/use-words.ts';
import { Button } from '../basics/button.tsx';

/** Says why there are no pictures, and brings them back. */
export function VoicesOnly() {
  const { t } = useWords();
  const on = useCall((state) => state.pictureMode === 'none');
  const actions = useCallActions();
  if (!on) return null;
  return (
    <div className="mx-auto flex max-w-full shrink-0 animate-rise items-center gap-3 rounded-2xl border border-line bg-surface p-2 ps-4 text-sm">
      <AudioLines aria-hidden className="size-4.5 shrink-0 text-accent" />
      <p className="min-w-0">{t('call.voicesOnly.title')}</p>
      <Button size="small" onClick={actions['voices-only']}>
        {t('call.voicesOnly.showPictures')}
      </Button>
    </div>
  );
}
