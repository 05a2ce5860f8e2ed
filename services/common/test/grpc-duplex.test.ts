import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ParleyError } from '@parley/proto/errors';
import { MediaService, type media } from '@parley/proto/media-rpc';
import {
  GrpcClient,
  GrpcServer,
  type GrpcClientDuplex,
  type GrpcHandlers,
  type GrpcServerDuplex,
} from '@parley/common/grpc';
import { createMetrics, Readiness } from '@parley/common/service';
import { silentLogger, waitFor } from '../src/testing/index.ts';

const SECRET = 'a-shared-secret-of-a-decent-length';

type Handlers = GrpcHandlers<typeof MediaService>;
type Far = GrpcServerDuplex<media.LinkRequest, media.LinkResponseInput>;
type Near = GrpcClientDuplex<media.LinkRequestInput, media.LinkResponse>;

let server: GrpcServer<typeof MediaService>;
let client: GrpcClient<typeof MediaService>;
let link: Handlers['link'];
const metrics = createMetrics('test');

beforeEach(async () => {
  server = await GrpcServer.create(MediaService, {
    host: '127.0.0.1',
    port: 0,
    secret: SECRET,
    logger: silentLogger,
    metrics,
    readiness: new Readiness({ checks: {}, logger: silentLogger }),
  });
  const unused = (): Record<string, never> => ({});
  const others = Object.keys(MediaService.service).map((name) => [
    name.charAt(0).toLowerCase() + name.slice(1),
    unused,
  ]);
  const opened: Handlers['link'] = (stream, context) => link(stream, context);
  server.serve({ ...Object.fromEntries(others), link: opened } as Handlers);
  client = clientWith(SECRET);
});

afterEach(async () => {
  client.close();
  await server.close(0);
});

function clientWith(secret: string): GrpcClient<typeof MediaService> {
  const options = { secret, logger: silentLogger, metrics };
  return GrpcClient.create(MediaService, `127.0.0.1:${server.port}`, options);
}

const carry = (producerId: string): media.LinkRequestInput => ({ carry: { producerId } });
const drop = (producerId: string): media.LinkResponseInput => ({ dropped: { producerId } });

function record(near: Near) {
  const seen: { ids: string[]; ended: (ParleyError | undefined)[] } = { ids: [], ended: [] };
  near.on('message', ({ dropped }) => seen.ids.push(dropped?.producerId ?? ''));
  near.on('ended', (error) => seen.ended.push(error));
  return seen;
}

/** Opens a stream and gives both of its ends, with what each has heard. */
async function open() {
  const opened = Promise.withResolvers<Far>();
  const heard: string[] = [];
  let closed = 0;
  link = (stream) => {
    stream.on('message', (message) => heard.push(message.carry?.producerId ?? ''));
    stream.on('closed', () => (closed += 1));
    opened.resolve(stream);
  };
  const near = client.duplex('link');
  const seen = record(near);
  return { near, seen, far: await opened.promise, heard, closed: () => closed };
}

test('carries messages in both directions, in their order, until the server ends it', async () => {
  const { near, seen, far, heard, closed } = await open();
  for (const id of ['a', 'b', 'c']) near.write(carry(id));
  await waitFor(() => heard.length === 3);
  for (const id of ['d', 'e']) far.write(drop(id));
  far.end();
  await waitFor(() => seen.ended.length);
  expect([heard, seen]).toEqual([['a', 'b', 'c'], { ids: ['d', 'e'], ended: [undefined] }]);
  expect([near.closed, far.closed, closed(), server.streamCount]).toEqual([true, true, 1, 0]);
});

test('a message that is written before the server has taken the stream arrives', async () => {
  const heard: string[] = [];
  link = (stream) => stream.on('message', (message) => heard.push(message.carry?.producerId ?? ''));
  const near = client.duplex('link');
  record(near);
  near.write(carry('early'));
  await waitFor(() => heard.length === 1);
  expect(heard).toEqual(['early']);
});

test('carries the error that the server fails it with', async () => {
  const { seen, far } = await open();
  far.write(drop('a'));
  far.fail(new ParleyError('room_not_found'));
  await waitFor(() => seen.ended.length);
  expect(seen.ids).toEqual(['a']);
  expect(seen.ended[0]).toMatchObject({ code: 'room_not_found' });
});

test('fails with internal when its handler throws', async () => {
  link = () => {
    throw new Error('broken handler');
  };
  const seen = record(client.duplex('link'));
  await waitFor(() => seen.ended.length);
  expect(seen.ended[0]).toMatchObject({ code: 'internal' });
  expect(server.streamCount).toBe(0);
});

test('ends at the server, once, when the client closes it, and nothing is said after that', async () => {
  const { near, seen, far, heard, closed } = await open();
  near.close();
  near.close();
  near.write(carry('late'));
  await waitFor(() => far.closed);
  far.write(drop('late'));
  far.end();
  expect([closed(), heard, seen, server.streamCount]).toEqual([1, [], { ids: [], ended: [undefined] }, 0]);
});

test('ends on both sides when either process closes its end of the connection', async () => {
  const first = await open();
  client.close();
  await waitFor(() => first.far.closed);
  expect(first.seen.ended).toEqual([undefined]);
  expect(() => client.duplex('link')).toThrow(ParleyError);

  client = clientWith(SECRET);
  const second = await open();
  await server.close();
  await waitFor(() => second.seen.ended.length);
  expect(second.seen.ended[0]).toMatchObject({ code: 'unavailable' });
  expect(second.far.closed).toBe(true);
});

test('is counted while it is open', async () => {
  const countOpen = async () =>
    /parley_grpc_server_streams\{method="MediaService\/Link"[^}]*\} (\d+)/.exec(
      await metrics.registry.metrics(),
    )?.[1];
  expect(await countOpen()).toBe('0');
  const { near } = await open();
  expect(await countOpen()).toBe('1');
  near.close();
  await waitFor(async () => (await countOpen()) === '0');
});

test('refuses a caller without the shared secret', async () => {
  let isOpened = false;
  link = () => {
    isOpened = true;
  };
  const stranger = clientWith('wrong');
  const seen = record(stranger.duplex('link'));
  await waitFor(() => seen.ended.length);
  expect(seen.ended[0]).toMatchObject({ code: 'unauthenticated' });
  expect(isOpened).toBe(false);
  stranger.close();
});

test('cuts off a reader that is thousands of messages behind, on either side', async () => {
  const { near, far } = await open();
  const large = 'x'.repeat(10_000);
  for (let count = 0; !far.closed && count < 100_000; count++) far.write(drop(large));
  expect(far.closed).toBe(true);
  near.close();

  const second = await open();
  for (let count = 0; count < 6_000; count++) second.near.write(carry(large));
  await waitFor(() => second.near.closed);
  expect(second.seen.ended[0]).toMatchObject({ code: 'unavailable' });
});
