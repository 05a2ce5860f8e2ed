'use client';

import { useCall, useCallClient } from '../../hooks/use-call.tsx';
import { useWakeLock } from '../../hooks/page/use-wake-lock.ts';
import { useWords } from '../../hooks/use-words.ts';
import { waitingWords } from '../../words/door-words.ts';
import { Button } from '../basics/button.tsx';
import { Spinner } from '../basics/spinner.tsx';
import { FocusedHeading } from '../page/focused-heading.tsx';
import { PageShell } from '../page/page-shell.tsx';
import { PreJoinFrame } from '../prejoin-page/prejoin-frame.tsx';
import { WaitingPicture } from './waiting-picture.tsx';

/** The page of somebody whom a host has to admit. */
export function WaitingPage() {
  const words = useWords();
  const { t } = words;
  const call = useCallClient();
  const door = useCall((state) => state.door);
  const name = useCall((state) => state.rename.value);
  useWakeLock();
  return (
    <PageShell>
      <PreJoinFrame
        preview={<WaitingPicture name={name} />}
        form={
          <div className="flex flex-col gap-4">
            <div>
              <FocusedHeading className="text-2xl font-semibold tracking-tight text-balance outline-none">
                {t('door.waiting.title')}
              </FocusedHeading>
              {door.title === '' ? null : (
                <p className="mt-1 font-medium wrap-anywhere text-ink-soft">
                  <bdi>{door.title}</bdi>
                </p>
              )}
            </div>
            <p role="status" className="flex items-start gap-3 text-ink-soft">
              <Spinner />
              <span className="min-w-0">{waitingWords(words, door, name)}</span>
            </p>
            <p className="text-sm text-ink-soft">{t('door.waiting.unseen')}</p>
            <Button size="large" className="mt-2 w-full" onClick={() => call.leave()}>
              {t('door.waiting.leave')}
            </Button>
          </div>
        }
      />
    </PageShell>
  );
}
