import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { UdpRelay, waitFor } from '../src/testing/index.ts';

const PACKETS = 200;
const BYTES = 100;

describe('a path that a test makes worse', () => {
  let client: Socket;
  let server: Socket;
  let relay: UdpRelay;
  let arrived: { index: number; afterMs: number }[];
  let sentAt: number[];
  /** Draws the same numbers in each run. */
  let drawn: number;

  beforeEach(async () => {
    drawn = 1;
    arrived = [];
    sentAt = [];
    [client, server] = [createSocket('udp4'), createSocket('udp4')];
    server.bind(0, '127.0.0.1');
    await once(server, 'listening');
    server.on('message', (packet) => {
      const index = packet.readUInt32BE(0);
      arrived.push({ index, afterMs: performance.now() - (sentAt[index] ?? 0) });
    });
    relay = await UdpRelay.create(server.address().port, draw);
  });
  afterEach(() => {
    relay.close();
    client.close();
    server.close();
  });

  function send(count = PACKETS): void {
    for (let index = 0; index < count; index += 1) {
      const packet = Buffer.alloc(BYTES);
      packet.writeUInt32BE(index);
      sentAt[index] = performance.now();
      client.send(packet, relay.port, '127.0.0.1');
    }
  }
  function draw(): number {
    drawn = (drawn * 1_103_515_245 + 12_345) % 2 ** 31;
    return drawn / 2 ** 31;
  }
  const indexes = () => arrived.map(({ index }) => index);
  const inOrder = () => indexes().toSorted((a, b) => a - b);

  test('passes everything in order while it is perfect, and nothing once it is cut', async () => {
    send();
    await waitFor(() => arrived.length === PACKETS);
    expect(indexes()).toEqual(inOrder());
    relay.cut();
    send();
    relay.impair({});
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(arrived).toHaveLength(PACKETS);
  });

  test('delays, and keeps the order of what it delays unequally', async () => {
    relay.impair({ up: { delayMs: 80, jitterMs: 40 } });
    send();
    await waitFor(() => arrived.length === PACKETS);
    expect(Math.min(...arrived.map(({ afterMs }) => afterMs))).toBeGreaterThan(70);
    expect(indexes()).toEqual(inOrder());
  });

  test('loses a share', async () => {
    relay.impair({ up: { loss: 0.25, delayMs: 20 } });
    send();
    await waitFor(() => arrived.length > PACKETS * 0.6);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(arrived.length).toBeLessThan(PACKETS * 0.85);
  });

  test('lets some packets be overtaken', async () => {
    relay.impair({ up: { reordering: 0.2 } });
    send();
    await waitFor(() => arrived.length === PACKETS);
    expect(indexes()).not.toEqual(inOrder());
  });

  test('passes no more than its bandwidth, and loses what would wait too long', async () => {
    // 100 packets a second, and 20 of them wait at most.
    relay.impair({ up: { bitsPerSecond: BYTES * 8 * 100, queueMs: 200 } });
    send(60);
    await waitFor(() => arrived.length >= 20, { timeoutMs: 5_000 });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(arrived.length).toBeLessThan(25);
    expect(Math.max(...arrived.map(({ afterMs }) => afterMs))).toBeGreaterThan(150);
  });

  test('delays the clients of one address, and no others', async () => {
    const other = createSocket('udp4');
    other.bind(0, '127.0.0.3');
    await once(other, 'listening');
    relay.impairFrom('127.0.0.3', { up: { delayMs: 80 } });
    [sentAt[0], sentAt[1]] = [performance.now(), performance.now()];
    other.send(Buffer.from([0, 0, 0, 0]), relay.port, '127.0.0.1');
    client.send(Buffer.from([0, 0, 0, 1]), relay.port, '127.0.0.1');
    await waitFor(() => arrived.length === 2);
    other.close();
    expect(indexes()).toEqual([1, 0]);
    expect(arrived[1]?.afterMs).toBeGreaterThanOrEqual(80);
  });

  test('leads from one address to a server at another one, which sees a third', async () => {
    const [far, sources] = [createSocket('udp4'), [] as string[]];
    far.bind(0, '127.0.0.4');
    await once(far, 'listening');
    far.on('message', (packet, { address, port }) => {
      sources.push(address);
      far.send(packet, port, address);
    });
    const place = { address: '127.0.0.5', port: 0, server: '127.0.0.4', source: '127.0.0.6' };
    const further = await UdpRelay.create(far.address().port, draw, place);
    const answers: string[] = [];
    client.on('message', (_packet, { address }) => answers.push(address));
    client.send('hello', further.port, '127.0.0.5');
    await waitFor(() => answers.length === 1);
    expect([sources, answers]).toEqual([['127.0.0.6'], ['127.0.0.5']]);
    further.close();
    far.close();
  });
});
