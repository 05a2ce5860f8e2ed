import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { AT_ONCE_MAX, TOGETHER_MS } from '../../src/call/base/batch.ts';
import type { Call } from '../../src/call/call.ts';
import { CallServer } from '../support/call-server.ts';
import { message } from '../support/chat-message.ts';
import { peer, peerId } from '../support/records.ts';
import { waitFor } from '../support/wait-for.ts';

let server: CallServer;
let call: Call;

beforeEach(async () => {
  server = await CallServer.start();
  server.media.peers = [peer('bob')];
  Object.assign(globalThis, { window: new EventTarget() });
  call = server.makeCall();
  await call.join();
  await waitFor('the join', () => call.getState().phase === 'joined');
});

afterEach(async () => {
  call.close();
  await server.stop();
  Reflect.deleteProperty(globalThis, 'window');
});

describe('in a room where much is sent', () => {
  test('the state changes few times, and has everything in order', async () => {
    let changes = 0;
    call.subscribe(() => {
      changes += 1;
    });
    const startedAt = performance.now();
    for (let number = 1; number <= 300; number += 1) {
      server.signaling.notify('chat:received', { message: message(`${number}`) });
      server.signaling.notify('peer:reacted', { peerId: peerId('bob'), reaction: 'clap' });
    }
    await waitFor('the messages', () => call.getState().chat.length === 300);
    expect(changes).toBeLessThanOrEqual(AT_ONCE_MAX + (performance.now() - startedAt) / TOGETHER_MS + 1);
    expect(call.getState().chat.map(({ text }) => Number(text))).toEqual(
      Array.from({ length: 300 }, (_, index) => index + 1),
    );
  });

  test('what waits is dropped when the person leaves', async () => {
    for (let number = 1; number <= 300; number += 1)
      server.signaling.notify('chat:received', { message: message(`${number}`) });
    await waitFor('the first', () => call.getState().chat.length > 0);
    call.leave();
    const { length } = call.getState().chat;
    await waitFor('the goodbye', () => server.signaling.requests.includes('room:leave'));
    await waitFor('no socket', () => server.signaling.connected.length === 0);
    expect(call.getState()).toMatchObject({ phase: 'left', participants: [] });
    expect(call.getState().chat).toHaveLength(length);
  });
});
