'use client';

import type { RoomEditor } from '../../rooms/room-editor.ts';
import { useStateOf } from '../../hooks/use-state-of.ts';
import { useWords } from '../../hooks/use-words.ts';
import { ErrorNote } from '../basics/error-note.tsx';
import { SettingsForm } from './settings-form.tsx';

/** The settings of a room that is there, on a page or in a dialog of its call. A change applies at once. */
export function RoomSettings({ editor }: { editor: RoomEditor }) {
  const { t } = useWords();
  const settings = useStateOf(editor, (state) => state.settings);
  return (
    <div>
      <p className="mb-5 text-sm text-ink-soft">{t('roomSettings.atOnce')}</p>
      <SettingsForm settings={settings} onChange={(change) => void editor.change({ settings: change })} />
      <EditorStatus editor={editor} />
    </div>
  );
}

/** Whether the last change was saved. */
function EditorStatus({ editor }: { editor: RoomEditor }) {
  const { t } = useWords();
  const status = useStateOf(editor, (state) => state.status);
  const error = useStateOf(editor, (state) => state.error);
  return (
    <div className="sticky bottom-0 mt-5 min-h-9">
      {error === null ? null : <ErrorNote error={error} />}
      <p role="status" className="text-sm text-ink-faint">
        {status === 'saving' || status === 'saved' ? t(`roomSettings.${status}`) : null}
      </p>
    </div>
  );
}
