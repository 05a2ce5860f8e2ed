import type { RoomCode } from '@parley/proto/ids';
import type { CallDetails, ExportFile } from '@parley/proto/rest';
import { toCsv } from './csv.ts';

type ExportedFile = { readonly text: string; readonly contentType: string; readonly name: string };

const CSV = 'text/csv; charset=utf-8; header=present';

/** One call as a file to save. */
export function exportCall(details: CallDetails, code: RoomCode, file: ExportFile): ExportedFile {
  const day = new Date(details.call.startedAt).toISOString().slice(0, 10);
  const name = `${code}-${day}-${file}`;
  switch (file) {
    case 'call.json':
      return { text: `${JSON.stringify(details, null, 2)}\n`, contentType: 'application/json', name };
    case 'attendance.csv':
      return { text: toCsv(attendanceRows(details)), contentType: CSV, name };
    case 'chat.csv':
      return { text: toCsv(chatRows(details)), contentType: CSV, name };
    case 'acts.csv':
      return { text: toCsv(actRows(details)), contentType: CSV, name };
  }
}

function attendanceRows({ attendance }: CallDetails): string[][] {
  const rows = attendance.map(({ displayName, kind, joinedAt, leftAt }) => [
    displayName,
    kind,
    new Date(joinedAt).toISOString(),
    leftAt === null ? '' : new Date(leftAt).toISOString(),
    leftAt === null ? '' : String(Math.round((leftAt - joinedAt) / 1000)),
  ]);
  return [['name', 'kind', 'joined', 'left', 'seconds'], ...rows];
}

function chatRows({ messages }: CallDetails): string[][] {
  const rows = messages.map(({ sentAt, fromName, text }) => [new Date(sentAt).toISOString(), fromName, text]);
  return [['sent', 'name', 'text'], ...rows];
}

function actRows({ acts }: CallDetails): string[][] {
  const rows = acts.map(({ doneAt, kind, byName, toName, detail }) => [
    new Date(doneAt).toISOString(),
    kind,
    byName ?? '',
    toName ?? '',
    detail,
  ]);
  return [['done', 'act', 'by', 'to', 'detail'], ...rows];
}
