import { describe, expect, test } from '@jest/globals';
import { parseRoomCode } from '@parley/proto/room-link';

const CODE = 'abcd-efgh-jkm';
const LINK = `https://meet.example/r/${CODE}`;

describe('the code of a room is found', () => {
  test.each([
    // As people type it.
    CODE,
    '  ABCD EFGH JKM ',
    'abcdefghjkm',
    'abcd - efgh - jkm',
    'ａｂｃｄ－ｅｆｇｈ－ｊｋｍ',
    // In an address.
    LINK,
    'http://localhost:8080/r/abcd-efgh-jkm/?from=mail#x',
    'https://meet.example/R/ABCD-EFGH-JKM',
    'https://meet.example/abcd-efgh-jkm',
    'https://meet.example/r/abcdefghjkm?x=1',
    'https://meet.example/abcdefghjkm/',
    'meet.example/r/abcd%2Defgh%2Djkm',
    'https://safe.example/?url=https%3A%2F%2Fmeet.example%2Fr%2Fabcd-efgh-jkm&data=05',
    'https://safe.example/?url=https%253A%252F%252Fmeet.example%252Fr%252Fabcd-efgh-jkm',
    // As programs end it.
    ...['.', ',', ')', ';', '!', '?', '"', "'", '>', ']', '*', '_', '…', '。', '»', '”'].map(
      (end) => LINK + end,
    ),
    ...['%20', '%0A', '%0D%0A', '%E2%80%8B', '%C2%A0', '%ZZ', '%E0%A4%A', '\u200b', '\u00a0', '\ufeff'].map(
      (end) => LINK + end,
    ),
    `<${LINK}>`,
    `“${LINK}”`,
    `(${CODE})`,
    `[the call](${LINK})`,
    `&lt;${LINK}&gt;`,
    `${LINK}\u200bSee you`,
    // With the dashes that programs make of ours.
    ...['\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2212', '\ufe63', '\uff0d'].map((dash) =>
      LINK.replaceAll('-', dash),
    ),
    'abcd\u00adefgh\u00adjkm',
    'ab\u200bcd-ef\u2060gh-jkm',
    'abcd-\u200befgh-jkm',
    // In an invitation.
    `Ana invites you.\nWhen: 2026-11-29 09:30-10:00\nWhere: ${LINK}\nTel: 0234-5678-902`,
    `Join with the code ${CODE.toUpperCase()}. See you!`,
    `会议${CODE}请加入`,
    `הפגישה: ${CODE}.`,
    `the department ${LINK} has a temperature`,
  ])('in %j', (text) => {
    expect(parseRoomCode(text)).toBe(CODE);
  });
});

test('of several codes the one in a link of a call counts', () => {
  expect(parseRoomCode(`Docs: https://docs.example/zzzz-zzzz-zzz then ${LINK}`)).toBe(CODE);
  expect(parseRoomCode(`${CODE} or zzzz-zzzz-zzz`)).toBe(CODE);
});

describe('no code is found', () => {
  test.each([
    '',
    'abcd-efgh-jk',
    'abcd-efgh-jkl',
    'abcd-efgh-jkmn',
    'xabcd-efgh-jkm',
    'abcd-efgh-jkm-more',
    'the temperature of the room',
    'https://meet.example/',
    'https://meet.example/r/',
    'https://meet.example/check',
    '%',
    '%E0%A4%A',
    'x'.repeat(1_000_000),
    '%25'.repeat(10_000),
    'a-'.repeat(100_000),
  ])('in %.60j', (text) => {
    expect(parseRoomCode(text)).toBeUndefined();
  });
});
