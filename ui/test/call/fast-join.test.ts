import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Call } from '../../src/call/call.ts';
import { CallServer } from '../support/call-server.ts';
import { peer, producer } from '../support/records.ts';
import { waitFor } from '../support/wait-for.ts';

let server: CallServer;
let call: Call;

beforeEach(async () => {
  server = await CallServer.start();
  server.media.peers = [
    peer('ann', { producers: [producer('ann-screen', 'screen'), producer('ann-cam', 'camera')] }),
    peer('bob', { producers: [producer('bob-cam', 'camera')] }),
  ];
  Object.assign(globalThis, { window: new EventTarget() });
  call = server.makeCall();
});

afterEach(async () => {
  call.close();
  await server.stop();
  Reflect.deleteProperty(globalThis, 'window');
});

const everything = () => server.media.consumers.size;

describe('a join whose reply brings the first consumers', () => {
  test('sets them up without asking for any, and then asks for the layers that the pictures deserve', async () => {
    server.brings = true;
    await call.join();
    await waitFor('the layers', () => server.media.count('consumer:set-layers') > 0);
    expect(everything()).toBe(3);
    expect(server.media.count('consumer:create')).toBe(0);
    expect(server.media.count('consumer:resume')).toBe(0);
    const [asked] = server.media.asked.filter(({ name }) => name === 'consumer:set-layers');
    expect(asked?.input['layers']).toHaveLength(3);
  });

  test('asks for those that it did not bring', async () => {
    server.brings = true;
    const first = server.media.first.bind(server.media);
    server.media.first = (pictures) => first(Math.min(1, pictures));
    await call.join();
    await waitFor('the last picture', () => everything() === 3);
    expect(server.media.count('consumer:create')).toBe(1);
  });

  test('closes one whose producer has ended meanwhile', async () => {
    server.brings = true;
    const first = server.media.first.bind(server.media);
    server.media.first = (pictures) => {
      const results = first(pictures);
      server.media.peers = server.media.peers.slice(0, 1);
      return results;
    };
    await call.join();
    await waitFor('the end of the consumer', () => server.media.count('consumer:close') === 1);
    expect(everything()).toBe(2);
  });
});

test('a server of an older version, which brings nothing, is asked for everything', async () => {
  server.brings = 'unknown';
  await call.join();
  await waitFor('everything', () => everything() === 3);
  expect(server.joins).toBe(1);
});
