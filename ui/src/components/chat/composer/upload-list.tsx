'use client';

import { RotateCcw, X } from 'lucide-react';
import type { ChatUpload } from '../../../call/state/call-state.ts';
import { useCall, useCallClient } from '../../../hooks/use-call.tsx';
import { useWords } from '../../../hooks/use-words.ts';
import { IconButton } from '../../basics/icon-button.tsx';

const FAILURES = {
  'too-large': 'tooLarge',
  'too-many': 'tooMany',
  empty: 'empty',
  full: 'full',
  failed: 'failed',
} as const;

/** Files on their way, and those that did not get there. */
export function UploadList() {
  const uploads = useCall((state) => state.chatUploads);
  if (uploads.length === 0) return null;
  return (
    <ul className="max-h-40 overflow-y-auto border-t border-line px-3 py-2">
      {uploads.map((upload) => (
        <UploadRow key={upload.id} upload={upload} />
      ))}
    </ul>
  );
}

function UploadRow({ upload: { id, name, progress, failure } }: { upload: ChatUpload }) {
  const { t } = useWords();
  const call = useCallClient();
  const canTryAgain = failure === 'failed' || failure === 'full' || failure === 'too-many';
  return (
    <li className="flex items-center gap-1 text-sm">
      <div className="min-w-0 flex-1">
        <p className="truncate">
          <bdi>{name}</bdi>
        </p>
        {failure === null ? (
          <progress
            value={progress}
            max={1}
            aria-label={t('chat.file.sending', { name })}
            className="block h-1 w-full accent-accent"
          />
        ) : (
          <p role="alert" className="text-xs text-danger-soft">
            {t(`chat.file.${FAILURES[failure]}`)}
          </p>
        )}
      </div>
      {canTryAgain ? (
        <IconButton
          label={t('chat.file.again', { name })}
          tone="quiet"
          size="small"
          onClick={() => call.chat.files.retry(id)}
        >
          <RotateCcw aria-hidden />
        </IconButton>
      ) : null}
      <IconButton
        label={t('chat.file.stop', { name })}
        tone="quiet"
        size="small"
        onClick={() => call.chat.files.cancel(id)}
      >
        <X aria-hidden />
      </IconButton>
    </li>
  );
}
