import { expect, test } from '@jest/globals';
import { CERTIFIED_NAMES, GRPC_ACCESS, mayCall } from '../src/grpc/callers.ts';

const MEDIA = 'parley.media.v1.MediaService';

const callersOf = (method: string) =>
  CERTIFIED_NAMES.filter((name) => mayCall(name, MEDIA, `/${MEDIA}/${method}`));

test('media nodes may find producers of each other and link to them, and nothing else', () => {
  const methods = Object.keys(GRPC_ACCESS[MEDIA]?.callers ?? {});
  expect(methods.filter((method) => callersOf(method).includes('media'))).toEqual(['FindProducer', 'Link']);
  for (const method of ['FindProducer', 'Link']) expect(callersOf(method)).toEqual(['media']);
  expect(callersOf('Exchange')).toEqual(['signaling']);
  expect(mayCall('media', 'parley.room.v1.RoomService', '/parley.room.v1.RoomService/GetRoom')).toBe(false);
  expect(mayCall('media', MEDIA, `/${MEDIA}/toString`)).toBe(false);
});
