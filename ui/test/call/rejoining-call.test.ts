import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Call } from '../../src/call/call.ts';
import { CallServer } from '../support/call-server.ts';
import { peer, peerId, producer } from '../support/records.ts';
import { refused } from '../support/signaling-server.ts';
import { settle, waitFor } from '../support/wait-for.ts';

let server: CallServer;
let call: Call;

beforeEach(async () => {
  server = await CallServer.start();
  Object.assign(globalThis, { window: new EventTarget() });
  call = server.makeCall();
});

afterEach(async () => {
  call.close();
  await server.stop();
  for (const name of ['window', 'document', 'MediaStream']) Reflect.deleteProperty(globalThis, name);
});

/** What a page needs to play others: elements that play nothing. */
function provideAudio(): void {
  const makeElement = () =>
    Object.assign(new EventTarget(), { dataset: {}, play: async () => {}, remove: () => {} });
  const document = Object.assign(new EventTarget(), {
    createElement: makeElement,
    body: { append: () => {} },
  });
  class MediaStream {
    readonly getAudioTracks: () => readonly unknown[];
    constructor(tracks: readonly unknown[]) {
      this.getAudioTracks = () => tracks;
    }
  }
  Object.assign(globalThis, { document, MediaStream });
}

test('a call forgets over a rejoin which voices the room forwarded before', async () => {
  provideAudio();
  server.media.peers = [peer('ann', { producers: [producer('ann-mic', 'microphone')] })];
  await call.join();
  const until = async (isHeard: boolean, deadline = Date.now() + 3_000): Promise<void> => {
    const { streams } = await call.statistics.read();
    if (streams.some(({ direction }) => direction === 'received') === isHeard) return;
    if (Date.now() > deadline) throw new Error(`the voice is ${isHeard ? 'not heard' : 'heard'}`);
    await settle();
    return until(isHeard, deadline);
  };
  await until(true);
  server.signaling.notify('voices:changed', { producerIds: [] });
  await until(false);
  server.signaling.handlers.set('room:resume', () => refused('resume_rejected'));
  server.signaling.cut();
  await waitFor('the new peer', () => call.getState().selfId === peerId('me2'));
  await until(true);
  expect(server.joins).toBe(2);
});
