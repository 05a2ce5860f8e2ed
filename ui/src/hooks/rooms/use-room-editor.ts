'use client';

import type { RoomCode } from '@parley/proto/ids';
import { useEffect, useState } from 'react';
import { pageSession } from '../../account/page-session.ts';
import { RoomEditor, type RoomDraft } from '../../rooms/room-editor.ts';

/** Changes a room as the person of this page. It follows `room` when that changes elsewhere. */
export function useRoomEditor(code: RoomCode, room: RoomDraft): RoomEditor {
  const [editor] = useState(() => new RoomEditor({ rest: pageSession.rest, code, room }));
  const { title, settings } = room;
  useEffect(() => editor.receive({ title, settings }), [editor, title, settings]);
  return editor;
}
