'use client';

import type { Notice } from '../../call/state/call-state.ts';
import { useCall, useCallClient } from '../../hooks/use-call.tsx';
import { useClearedToast } from '../../hooks/use-cleared-toast.ts';
import { useToasts } from '../../hooks/use-toasts.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { referenceOf } from '../../words/error-words.ts';
import { noticeWords } from '../../words/notice-words.ts';
import { Button } from '../basics/button.tsx';
import { ToastCard } from './toast-card.tsx';

/** The button of a notice about what the browser does not play. */
const RESUME_LABELS: Partial<Record<Notice['kind'], string>> = {
  'autoplay-blocked': 'Turn on the sound',
  'pictures-blocked': 'Show the pictures',
};

/** The newest notices of the call and toasts of the page, above the controls. */
export function Toasts() {
  const notices = useCall((state) => state.notices);
  const { toasts, dismiss } = useToasts();
  useClearedToast();
  return (
    <div
      role="status"
      aria-label="Notices"
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
  const call = useCallClient();
  const microphone = useCall((state) => state.microphone);
  const camera = useCall((state) => state.camera);
  const resumeLabel = RESUME_LABELS[notice.kind];
  return (
    <ToastCard
      {...noticeWords(words, notice, { microphone, camera })}
      traceId={referenceOf(notice.error)}
      onClose={() => {
        call.notices.dismiss(notice.id);
        // The browser accepts any press as permission, and closing the notice is no wish for silence.
        if (resumeLabel !== undefined) call.notices.resumePlayback();
      }}
    >
      {resumeLabel === undefined ? null : (
        <Button size="small" tone="primary" onClick={() => call.notices.resumePlayback()}>
          {resumeLabel}
        </Button>
      )}
      {notice.kind === 'network-poor' ? (
        <Button
          size="small"
          onClick={() => {
            call.notices.dismiss(notice.id);
            call.setPictureMode('none');
          }}
        >
          Voices only
        </Button>
      ) : null}
      {notice.kind === 'no-media' ? (
        <Button size="small" asChild>
          <a href="/check" target="_blank" rel="noreferrer">
            Check
          </a>
        </Button>
      ) : null}
    </ToastCard>
  );
}
