import { describe, expect, test } from '@jest/globals';
import { formatRoomCode } from '@parley/proto/ids';
import type { CallDetails } from '@parley/proto/rest';
import { exportCall } from '../src/rooms/call-export.ts';
import { toCsv } from '../src/rooms/csv.ts';

describe('a CSV file', () => {
  test.each([
    ['plain', 'plain'],
    ['two words', 'two words'],
    ['a, b', '"a, b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    ['=1+1', `"'=1+1"`],
    ['+49 123', `"'+49 123"`],
    ['-1', `"'-1"`],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    ['\tx', `"'\tx"`],
    ['\rx', `"'\rx"`],
    ['=HYPERLINK("http://evil")', `"'=HYPERLINK(""http://evil"")"`],
    ['a=b', 'a=b'],
  ])('holds %j so that no spreadsheet computes it', (text, cell) => {
    expect(toCsv([[text]])).toBe(`\uFEFF${cell}\r\n`);
  });
});

describe('an export', () => {
  const details: CallDetails = {
    call: {
      callId: '01234567-89ab-4def-8123-456789abcdef',
      startedAt: Date.UTC(2026, 0, 2, 3),
      endedAt: Date.UTC(2026, 0, 2, 4),
      entries: 2,
    },
    title: 'Choir',
    attendance: [
      {
        displayName: '=Ada',
        kind: 'account',
        joinedAt: Date.UTC(2026, 0, 2, 3),
        leftAt: Date.UTC(2026, 0, 2, 4),
      },
      { displayName: 'Bob', kind: 'guest', joinedAt: Date.UTC(2026, 0, 2, 3), leftAt: null },
    ],
    messages: [{ fromName: 'Bob', text: '@all, hi', sentAt: Date.UTC(2026, 0, 2, 3, 30) }],
    acts: [
      {
        kind: 'stopped',
        byName: '=Ada',
        toName: 'Bob',
        detail: 'camera',
        doneAt: Date.UTC(2026, 0, 2, 3, 40),
      },
      { kind: 'call-ended', byName: null, toName: null, detail: '', doneAt: Date.UTC(2026, 0, 2, 4) },
    ],
    isCut: false,
  };
  const code = formatRoomCode('abcdefghjkm');

  test('of the attendance says who was there for how long', () => {
    const { text, contentType, name } = exportCall(details, code, 'attendance.csv');
    expect([contentType, name]).toEqual([
      'text/csv; charset=utf-8; header=present',
      'abcd-efgh-jkm-2026-01-02-attendance.csv',
    ]);
    expect(text.slice(1).split('\r\n')).toEqual([
      'name,kind,joined,left,seconds',
      `"'=Ada",account,2026-01-02T03:00:00.000Z,2026-01-02T04:00:00.000Z,3600`,
      'Bob,guest,2026-01-02T03:00:00.000Z,,',
      '',
    ]);
  });

  test('of the chat holds what was said', () => {
    expect(exportCall(details, code, 'chat.csv').text.slice(1).split('\r\n')).toEqual([
      'sent,name,text',
      `2026-01-02T03:30:00.000Z,Bob,"'@all, hi"`,
      '',
    ]);
  });

  test('of the acts says who did what to whom', () => {
    expect(exportCall(details, code, 'acts.csv').text.slice(1).split('\r\n')).toEqual([
      'done,act,by,to,detail',
      `2026-01-02T03:40:00.000Z,stopped,"'=Ada",Bob,camera`,
      '2026-01-02T04:00:00.000Z,call-ended,,,',
      '',
    ]);
  });

  test('as JSON has everything', () => {
    expect(JSON.parse(exportCall(details, code, 'call.json').text)).toEqual(details);
  });
});
