'use client';

import type { RoomCode } from '@parley/proto/ids';
import { EXPORT_FILES, type ExportFile } from '@parley/proto/rest';
import { Download } from 'lucide-react';
import { pageSession } from '../../account/page-session.ts';
import { saveAs } from '../../browser/save-as.ts';
import { useSubmission } from '../../hooks/use-submission.ts';
import { useWords } from '../../hooks/use-words.ts';
import { Button } from '../basics/button.tsx';
import { ErrorNote } from '../basics/error-note.tsx';

type ExportButtonsProps = { code: RoomCode; callId: string; startedAt: number };

const NAMES = {
  'call.json': 'json',
  'attendance.csv': 'attendance',
  'chat.csv': 'chat',
  'acts.csv': 'acts',
} as const satisfies Record<ExportFile, string>;

/** Saves a call as files, which the server makes. */
export function ExportButtons({ code, callId, startedAt }: ExportButtonsProps) {
  const { t } = useWords();
  const { busy, error, submit } = useSubmission();
  const save = (file: ExportFile) =>
    submit(async () => {
      const text = await pageSession.rest.call('exportCall', { params: { code, callId, file } });
      const day = new Date(startedAt).toISOString().slice(0, 10);
      saveAs(`${code}-${day}-${file}`, blobOf(file, text));
    });
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        {EXPORT_FILES.map((file) => (
          <Button key={file} size="small" disabled={busy} onClick={() => void save(file)}>
            <Download aria-hidden />
            <span>{t(`history.export.${NAMES[file]}`)}</span>
          </Button>
        ))}
      </div>
      {error === null ? null : <ErrorNote error={error} />}
    </div>
  );
}

/** Reading a text takes its byte order mark away, by which spreadsheets recognise UTF-8. */
function blobOf(file: ExportFile, text: string): Blob {
  return file.endsWith('.csv')
    ? new Blob(['\uFEFF', text], { type: 'text/csv' })
    : new Blob([text], { type: 'application/json' });
}
