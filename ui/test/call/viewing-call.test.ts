import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Role } from '@parley/proto/room';
import type { Call } from '../../src/call/call.ts';
import { CallServer } from '../support/call-server.ts';
import { transportParameters } from '../support/media.ts';
import { peer } from '../support/records.ts';
import { settle, waitFor } from '../support/wait-for.ts';

/* Calls of people whose role may send nothing, or did at first. */

let server: CallServer;
let call: Call;
const said: unknown[] = [];
const asked = (): number => server.signaling.requests.filter((name) => name === 'transport:open-send').length;
const become = (role: Role, version: number): void =>
  server.signaling.notify('peer:updated', { peer: peer('me1', { version, role }) });

beforeEach(async () => {
  server = await CallServer.start();
  Object.assign(globalThis, { window: new EventTarget() });
  said.length = 0;
  for (const name of ['room:join', 'room:resume']) {
    const answer = server.signaling.handlers.get(name);
    server.signaling.handlers.set(name, (input, socket) => {
      said.push((input as { asksToSend?: unknown }).asksToSend);
      return answer?.(input, socket);
    });
  }
  server.self = { role: 'viewer' };
  server.transports = { receive: transportParameters() };
  call = server.makeCall();
  await call.join();
  await waitFor('the call', () => call.getState().phase === 'joined');
  await settle();
});

afterEach(async () => {
  call.close();
  await server.stop();
  Reflect.deleteProperty(globalThis, 'window');
});

test('a viewer says on joining that their client asks to send, and does not ask', () => {
  expect([said, asked()]).toEqual([[true], 0]);
});

test('a viewer who becomes participant asks for the transport to send on, each time anew', async () => {
  become('participant', 5);
  await waitFor('the request', () => asked() === 1);
  become('host', 6);
  become('viewer', 7);
  become('participant', 8);
  await waitFor('the second request', () => asked() === 2);
});

test('a viewer whose role has changed while the socket was lost asks with the next socket', async () => {
  server.self = { role: 'participant', version: 5 };
  server.signaling.cut();
  await waitFor('the request', () => asked() === 1, 5_000);
  expect(said).toEqual([true, true]);
});
