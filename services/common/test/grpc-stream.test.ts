import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ParleyError } from '@parley/proto/errors';
import { MediaService, type media } from '@parley/proto/media-rpc';
import {
  GrpcClient,
  GrpcServer,
  type GrpcClientStream,
  type GrpcHandlers,
  type GrpcServerStream,
} from '@parley/common/grpc';
import { newTraceId } from '@parley/common/logging';
import { createMetrics, Readiness } from '@parley/common/service';
import { captureLogger, silentLogger, waitFor } from '../src/testing/index.ts';

const SECRET = 'a-shared-secret-of-a-decent-length';

type Handlers = GrpcHandlers<typeof MediaService>;
type Watch = Handlers['watch'];

/** What one reader saw, in order. */
function record(stream: GrpcClientStream<media.WatchResponse>) {
  const seen: { ids: (string | undefined)[]; ended: (ParleyError | undefined)[] } = { ids: [], ended: [] };
  stream.on('message', (event) => seen.ids.push(event.state?.peers[0]?.peerId));
  stream.on('ended', (error) => seen.ended.push(error));
  return seen;
}

const event = (peerId: string): media.WatchResponseInput => ({ state: { peers: [{ peerId }] } });

describe('a server stream', () => {
  let server: GrpcServer<typeof MediaService>;
  let client: GrpcClient<typeof MediaService>;
  let watch: Watch;
  let captured: ReturnType<typeof captureLogger>;
  const metrics = createMetrics('test');

  beforeEach(async () => {
    captured = captureLogger();
    server = await GrpcServer.create(MediaService, {
      host: '127.0.0.1',
      port: 0,
      secret: SECRET,
      logger: captured.logger,
      metrics,
      readiness: new Readiness({ checks: {}, logger: silentLogger }),
    });
    const unused = (): Record<string, never> => ({});
    const unary = Object.keys(MediaService.service).map((name) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      unused,
    ]);
    const opened: Watch = (request, stream, context) => watch(request, stream, context);
    server.serve({ ...Object.fromEntries(unary), watch: opened } as Handlers);
    const options = { secret: SECRET, logger: silentLogger, metrics };
    client = GrpcClient.create(MediaService, `127.0.0.1:${server.port}`, options);
  });

  afterEach(async () => {
    client.close();
    await server.close(0);
  });

  /** Opens a stream and gives both of its ends. */
  async function open() {
    const opened = Promise.withResolvers<GrpcServerStream<media.WatchResponseInput>>();
    watch = (_request, stream) => opened.resolve(stream);
    const reader = client.stream('watch', { roomId: 'abcd-efgh-jkm' });
    const seen = record(reader);
    return { writer: await opened.promise, reader, seen };
  }

  test('is counted while it is open, and its duration is not measured as that of a call', async () => {
    const open = async () =>
      /parley_grpc_server_streams\{method="MediaService\/Watch"[^}]*\} (\d+)/.exec(
        await metrics.registry.metrics(),
      )?.[1];
    watch = (_request, stream) => stream.write(event('a'));
    expect(await open()).toBe('0');
    const stream = client.stream('watch', { roomId: 'room' });
    const seen = record(stream);
    await waitFor(() => seen.ids.length === 1);
    expect(await open()).toBe('1');
    stream.close();
    await waitFor(async () => (await open()) === '0');
    expect(await metrics.registry.metrics()).not.toContain('method="MediaService/Watch",code=');
  });

  test('carries the messages in order until the server ends it', async () => {
    const { writer, reader, seen } = await open();
    for (const id of ['a', 'b', 'c']) writer.write(event(id));
    writer.end();
    await waitFor(() => seen.ended.length);
    expect(seen).toEqual({ ids: ['a', 'b', 'c'], ended: [undefined] });
    expect([writer.closed, reader.closed, server.streamCount]).toEqual([true, true, 0]);
  });

  test('carries the request and the trace id', async () => {
    const asked = Promise.withResolvers<[string, string]>();
    watch = (request, stream, context) => {
      asked.resolve([request.roomId, context.traceId]);
      stream.end();
    };
    const traceId = newTraceId();
    client.stream('watch', { roomId: 'r' }, { traceId });
    await expect(asked.promise).resolves.toEqual(['r', traceId]);
  });

  test('carries the error that the server fails it with', async () => {
    const { writer, seen } = await open();
    writer.write(event('a'));
    writer.fail(new ParleyError('room_not_found'));
    await waitFor(() => seen.ended.length);
    expect(seen.ids).toEqual(['a']);
    expect(seen.ended[0]).toMatchObject({ code: 'room_not_found' });
  });

  test('fails with internal when its handler throws, and the log has the reason', async () => {
    watch = () => {
      throw new Error('broken handler');
    };
    const seen = record(client.stream('watch', {}));
    await waitFor(() => seen.ended.length);
    expect(seen.ended[0]).toMatchObject({ code: 'internal' });
    expect(captured.text()).toContain('broken handler');
  });

  test('notifies the server once when the client closes it', async () => {
    const { writer, reader, seen } = await open();
    let closed = 0;
    writer.on('closed', () => (closed += 1));
    reader.close();
    reader.close();
    await waitFor(() => closed);
    expect([closed, writer.closed, server.streamCount]).toEqual([1, true, 0]);
    expect(seen.ended).toEqual([undefined]);
  });

  test('ignores messages after its end without throwing', async () => {
    const { writer, seen } = await open();
    writer.end();
    writer.write(event('late'));
    writer.end();
    writer.fail(new Error('late'));
    await waitFor(() => seen.ended.length);
    expect(seen).toEqual({ ids: [], ended: [undefined] });
  });

  test('ends with unavailable when the server closes', async () => {
    const { writer, seen } = await open();
    await server.close();
    await waitFor(() => seen.ended.length);
    expect(seen.ended[0]).toMatchObject({ code: 'unavailable' });
    expect(writer.closed).toBe(true);
  });

  test('ends on both sides when the client closes, and no other stream can be opened', async () => {
    const { writer, seen } = await open();
    client.close();
    await waitFor(() => writer.closed);
    expect(seen.ended).toEqual([undefined]);
    expect(() => client.stream('watch', {})).toThrow(ParleyError);
  });

  test('ends with unavailable for a reader whose server vanishes', async () => {
    const { seen } = await open();
    await server.close(0);
    await waitFor(() => seen.ended.length);
    expect(seen.ended[0]).toMatchObject({ code: 'unavailable' });
  });

  test('refuses a caller without the shared secret', async () => {
    let opened = false;
    watch = () => {
      opened = true;
    };
    const options = { secret: 'wrong', logger: silentLogger, metrics };
    const stranger = GrpcClient.create(MediaService, `127.0.0.1:${server.port}`, options);
    const seen = record(stranger.stream('watch', {}));
    await waitFor(() => seen.ended.length);
    expect(seen.ended[0]).toMatchObject({ code: 'unauthenticated' });
    expect(opened).toBe(false);
    stranger.close();
  });

  test('cuts off a reader that is thousands of messages behind instead of growing', async () => {
    const { writer } = await open();
    const large = event('x'.repeat(10_000));
    let written = 0;
    while (!writer.closed && written < 100_000) {
      writer.write(large);
      written += 1;
    }
    expect(writer.closed).toBe(true);
    expect(written).toBeLessThan(10_000);
  });
});
