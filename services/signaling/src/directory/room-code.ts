import { randomBytes } from 'node:crypto';
import { formatRoomCode, ROOM_CODE_ALPHABET, ROOM_CODE_LENGTH, type RoomCode } from '@parley/proto/ids';

/** 55 random bits. Each symbol takes five bits of one random byte, so that every symbol is equally likely. */
export function newRoomCode(): RoomCode {
  const bytes = randomBytes(ROOM_CODE_LENGTH);
  return formatRoomCode(Array.from(bytes, (byte) => ROOM_CODE_ALPHABET.charAt(byte & 31)).join(''));
}
