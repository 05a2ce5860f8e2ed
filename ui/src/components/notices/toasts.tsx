'use client';

import type { Notice } from '../../call/state/call-state.ts';
import { useCall, useCallClient } from '../../hooks/use-call.tsx';
import { useClearedToast } from '../../hooks/use-cleared-toast.ts';
import { useToasts } from '../../hooks/use-toasts.tsx';
import { noticeWords } from '../../words/notice-words.ts';
import { Button } from '../basics/button.tsx';
import { ToastCard } from './toast-card.tsx';

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
  const call = useCallClient();
  const microphone = useCall((state) => state.microphone);
  const camera = useCall((state) => state.camera);
  const isAutoplayBlocked = notice.kind === 'autoplay-blocked';
  return (
    <ToastCard
      {...noticeWords(notice, { microphone, camera })}
      traceId={notice.error?.traceId ?? null}
      onClose={() => {
        call.dismissNotice(notice.id);
        // The browser accepts any press as permission, and closing the notice is no wish for silence.
        if (isAutoplayBlocked) void call.resumeAudio();
      }}
    >
      {isAutoplayBlocked ? (
        <Button size="small" tone="primary" onClick={() => void call.resumeAudio()}>
          Turn on sound
        </Button>
      ) : null}
      {notice.kind === 'network-poor' ? (
        <Button
          size="small"
          onClick={() => {
            call.dismissNotice(notice.id);
            call.setPictureMode('none');
          }}
        >
          Voices only
        </Button>
      ) : null}
    </ToastCard>
  );
}
