import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { StatisticsReader } from '../../../src/call/telemetry/statistics-reader.ts';
import { MediaUnderTest, person } from '../../support/media-under-test.ts';
import { peerId, producerId } from '../../support/records.ts';
import { waitFor } from '../../support/wait-for.ts';

let made: MediaUnderTest;

beforeEach(() => {
  made = new MediaUnderTest();
});

afterEach(() => made.media.close());

test('a voice that the room holds back is not received, and begins anew when it is forwarded again', async () => {
  const { media, server } = made;
  const reader = new StatisticsReader(media, () => peerId('me'));
  const ann = producerId('ann-mic');
  server.peers = [person('ann')];
  void made.open();
  await waitFor('the voice', () => media.consumption.streams.find(ann)?.paused === false);
  const { localId } = media.consumption.streams.find(ann)!.consumer;
  const runOf = async () => (await reader.snapshot(0))?.runs.get(localId);
  const first = await runOf();
  expect(first).toBeGreaterThan(0);
  media.consumption.setForwarded([]);
  expect(await runOf()).toBeUndefined();
  media.consumption.setForwarded([ann]);
  expect(await runOf()).toBe(first! + 1);
});
