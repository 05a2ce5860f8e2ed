import { describe, expect, test } from '@jest/globals';
import { hideRoomCodes, roomAlias } from '@parley/proto/room-alias';

const CODE = 'abcd-efgh-jkm';
const ALIAS = roomAlias('key', CODE);

describe('the name of a room in logs', () => {
  test('is the same for the same key and code, however the code is written', () => {
    expect(ALIAS).toMatch(/^room-[0-9a-f]{16}$/);
    expect(roomAlias('key', 'ABCD-EFGH-JKM')).toBe(ALIAS);
    expect(roomAlias('another key', CODE)).not.toBe(ALIAS);
    expect(roomAlias('key', 'abcd-efgh-jkn')).not.toBe(ALIAS);
  });

  test.each([
    [CODE, ALIAS],
    [`/r/${CODE}?x=1`, `/r/${ALIAS}?x=1`],
    [`room-${CODE}`, `room-${ALIAS}`],
    [`%2F${CODE}%20`, `%2F${ALIAS}%20`],
    [`${CODE}, ${CODE}`, `${ALIAS}, ${ALIAS}`],
    [`${CODE}-x`, `${ALIAS}-x`],
  ])('takes the place of each code in %s', (text, expected) => {
    expect(hideRoomCodes('key', text)).toBe(expected);
  });

  test.each([
    '1234abcd-ef56-4abc-8def-123456789abc',
    '20261129-abcd-efgh-jkmn',
    'abcd-efgh-jk',
    'abcd-efgh-jkl',
    'a name-with-dashes',
    '',
  ])('leaves %s alone', (text) => {
    expect(hideRoomCodes('key', text)).toBe(text);
  });
});
