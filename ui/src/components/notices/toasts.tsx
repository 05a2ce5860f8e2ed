'use client';

import type { Notice } from '../../call/state/call-state.ts';
import { useCall, useCallClient } from '../../hooks/use-call.tsx';
import { useClearedToast } from './use-cleared-toast.ts';
import { useNewHostToast } from './use-new-host-toast.ts';
import { useToasts } from '../../hooks/use-toasts.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { referenceOf } from '../../words/error-words.ts';
import { noticeWords } from '../../words/notice-words.ts';
import { Button } from '../basics/button.tsx';
import { ToastCard } from './toast-card.tsx';
import { UnmuteButton } from './unmute-button.tsx';

/** The button of a notice about what the browser does not play. */
const RESUMES: Partial<Record<Notice['kind'], 'notices.turnOnSound' | 'notices.showPictures'>> = {
  'autoplay-blocked': 'notices.turnOnSound',
  'pictures-blocked': 'notices.showPictures',
};

/** The newest notices of the call and toasts of the page, above the controls. */
export function Toasts() {
  const { t } = useWords();
  const notices = useCall((state) => state.notices);
  const { toasts, dismiss } = useToasts();
  useClearedToast();
  useNewHostToast();
  return (
    <div
      role="status"
      aria-label={t('notices.list')}
      className="pointer-events-none absolute inset-x-2 bottom-3 z-30 flex max-h-[calc(100%-1.5rem)] flex-col items-center gap-2 overflow-y-auto [&>*]:pointer-events-auto"
    >
      {notices.slice(-3).map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
      {toasts.map((toast) => (
        <ToastCard key={toast.id} title={toast.text} tone="neutral" onClose={() => dismiss(toast.id)} />
      ))}
    </div>
  );
}

function NoticeCard({ notice }: { notice: Notice }) {
  const words = useWords();
  const { t } = words;
  const call = useCallClient();
  const microphone = useCall((state) => state.microphone);
  const camera = useCall((state) => state.camera);
  const mayUnmute = useCall((state) => state.permissions.includes('unmute'));
  const resume = RESUMES[notice.kind];
  return (
    <ToastCard
      {...noticeWords(words, notice, { microphone, camera, mayUnmute })}
      traceId={referenceOf(notice.error)}
      onClose={() => {
        call.notices.dismiss(notice.id);
        // The browser accepts any press as permission, and closing the notice is no wish for silence.
        if (resume !== undefined) call.notices.resumePlayback();
      }}
    >
      {resume === undefined ? null : (
        <Button size="small" tone="primary" onClick={() => call.notices.resumePlayback()}>
          {t(resume)}
        </Button>
      )}
      <UnmuteButton notice={notice} />
      {notice.kind === 'network-poor' ? (
        <Button
          size="small"
          onClick={() => {
            call.notices.dismiss(notice.id);
            call.economy.setPictureMode('none');
          }}
        >
          {t('notices.voicesOnly')}
        </Button>
      ) : null}
      {notice.kind === 'no-media' ? (
        <Button size="small" asChild>
          <a href="/check" target="_blank" rel="noreferrer">
            {t('notices.check')}
          </a>
        </Button>
      ) : null}
    </ToastCard>
  );
}
