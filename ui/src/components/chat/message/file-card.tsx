'use client';

import { Download, File as FileIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ChatEntry } from '../../../call/index.ts';
import { fileSize } from '../../../format/file-size.ts';
import { useCallClient } from '../../../hooks/use-call.tsx';
import { useWords } from '../../../hooks/use-words.ts';
import { IconButton } from '../../basics/icon-button.tsx';

/** The file of a message: its name and size, a way to save it, and of a picture the picture. */
export function FileCard({ entry }: { entry: ChatEntry }) {
  const { t, locale } = useWords();
  const call = useCallClient();
  const [isMissing, setMissing] = useState(false);
  const { file } = entry;
  if (file === undefined) return null;
  const { name } = file;
  const save = async () => setMissing(!(await call.chat.files.save(entry)));
  return (
    <div className="mt-1 overflow-hidden rounded-xl border border-line bg-raised">
      <PicturePreview entry={entry} />
      <div className="flex items-center gap-2 p-2">
        <FileIcon aria-hidden className="size-5 shrink-0 text-ink-soft" />
        <div className="min-w-0 flex-1 text-sm">
          <p className="truncate">
            <bdi>{name}</bdi>
          </p>
          <p className="text-xs text-ink-soft">{fileSize(locale, file.size)}</p>
        </div>
        {entry.delivery === 'sent' ? (
          <IconButton
            label={t('chat.file.save', { name })}
            tone="quiet"
            size="small"
            onClick={() => void save()}
          >
            <Download aria-hidden />
          </IconButton>
        ) : null}
      </div>
      {isMissing ? (
        <p role="alert" className="px-2 pb-2 text-xs text-danger-soft">
          {t('chat.file.gone')}
        </p>
      ) : null}
    </div>
  );
}

function PicturePreview({ entry }: { entry: ChatEntry }) {
  const { t } = useWords();
  const call = useCallClient();
  const [url, setUrl] = useState<string | null>(null);
  const isSent = entry.delivery === 'sent';
  const { messageId, file } = entry;
  useEffect(() => {
    if (!isSent) return undefined;
    let current = true;
    void call.chat.files.preview({ messageId, file }).then((made) => current && setUrl(made));
    return () => {
      current = false;
    };
  }, [call, isSent, messageId, file]);
  if (url === null || file === undefined) return null;
  return (
    // A blob of this page: Next.js has nothing to optimise.
    // oxlint-disable-next-line nextjs/no-img-element
    <img
      src={url}
      alt={t('chat.file.picture', { name: file.name })}
      onError={() => setUrl(null)}
      className="max-h-60 w-full bg-ground object-scale-down"
    />
  );
}
