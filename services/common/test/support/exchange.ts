import { credentials, Metadata, type StatusObject } from '@grpc/grpc-js';
import type { exchange } from '@parley/proto/grpc';
import { MediaService } from '@parley/proto/media-rpc';
import { GrpcClient, GrpcServer, type GrpcHandlers, type GrpcService } from '@parley/common/grpc';
import { createMetrics, Readiness, type Metrics } from '@parley/common/service';
import type { ExchangeStream } from '../../src/grpc/grpc-client-exchange.ts';
import { captureLogger, handlersOf, silentLogger } from '../../src/testing/index.ts';

const SECRET = 'a-shared-secret-of-a-decent-length';
const EXCHANGE = MediaService.service.Exchange;

export type FindPeer = GrpcHandlers<typeof MediaService>['findPeer'];
type OpenPeer = GrpcHandlers<typeof MediaService>['openPeer'];

/** A server of the media contract whose handlers a test sets, and its clients. */
export class ExchangeServer {
  findPeer: FindPeer = () => ({ open: true });
  openPeer: OpenPeer = () => ({});
  readonly captured = captureLogger();
  readonly metrics: Metrics = createMetrics('test');
  readonly #closers: (() => void)[] = [];
  #server: GrpcServer<typeof MediaService> | undefined;

  /** `service` may lack methods, as one of an older version does. */
  static async start(service: GrpcService = MediaService): Promise<ExchangeServer> {
    const made = new ExchangeServer();
    await made.listen(0, service);
    return made;
  }

  get port(): number {
    return this.#server?.port ?? 0;
  }

  async listen(port: number, service: GrpcService = MediaService): Promise<void> {
    this.#server = await GrpcServer.create(service as typeof MediaService, {
      host: '127.0.0.1',
      port,
      secret: SECRET,
      logger: this.captured.logger,
      metrics: this.metrics,
      readiness: new Readiness({ checks: {}, logger: silentLogger }),
    });
    this.#server.serve({
      ...handlersOf(MediaService, () => () => ({})),
      findPeer: (request, context) => this.findPeer(request, context),
      openPeer: (request, context) => this.openPeer(request, context),
    });
  }

  async close(graceMs = 0): Promise<void> {
    await this.#server?.close(graceMs);
  }

  closeAll(): Promise<void> {
    for (const close of this.#closers) close();
    return this.close();
  }

  connect({ secret = SECRET, timeoutMs = 30_000, port = this.port } = {}): GrpcClient<typeof MediaService> {
    const options = { secret, logger: silentLogger, metrics: this.metrics, timeoutMs };
    const client = GrpcClient.create(MediaService, `127.0.0.1:${port}`, options);
    this.#closers.push(() => client.close());
    return client;
  }

  /** An exchange whose messages the test writes itself. */
  open(): RawExchange {
    const raw = new RawExchange(this.port);
    this.#closers.push(() => raw.close());
    return raw;
  }

  async openExchanges(): Promise<number> {
    const text = await this.metrics.registry.metrics();
    const line = /parley_grpc_server_streams\{method="MediaService\/Exchange"[^}]*\} (\d+)/.exec(text);
    return Number(line?.[1]);
  }
}

/** The client's side of an exchange, without the rules that GrpcClient keeps. */
export class RawExchange {
  readonly answers: exchange.Answer[] = [];
  readonly ended: Promise<StatusObject>;
  readonly #client: InstanceType<typeof MediaService>;
  readonly #stream: ExchangeStream;

  constructor(port: number) {
    this.#client = new MediaService(`127.0.0.1:${port}`, credentials.createInsecure());
    const metadata = new Metadata();
    metadata.set('authorization', `Bearer ${SECRET}`);
    this.#stream = this.#client.makeBidiStreamRequest(
      EXCHANGE.path,
      // Bytes are sent as they are.
      (message: exchange.ExchangeRequestInput | Buffer) =>
        Buffer.isBuffer(message) ? message : EXCHANGE.requestSerialize(message),
      EXCHANGE.responseDeserialize,
      metadata,
    ) as ExchangeStream;
    this.#stream.on('data', ({ answers }: exchange.ExchangeResponse) => this.answers.push(...answers));
    this.#stream.on('error', () => undefined);
    this.ended = new Promise((resolve) => {
      this.#stream.once('status', resolve);
    });
  }

  close(): void {
    this.#stream.cancel();
    this.#client.close();
  }

  pause(): void {
    this.#stream.pause();
  }

  resume(): void {
    this.#stream.resume();
  }

  /** Ends its own side in order. */
  finish(): void {
    this.#stream.end();
  }

  send(...calls: exchange.CallInput[]): void {
    this.#stream.write({ calls });
  }

  sendBytes(bytes: Buffer): void {
    this.#stream.write(bytes as unknown as exchange.ExchangeRequestInput);
  }

  answerTo(number: number): exchange.Answer | undefined {
    return this.answers.find((answer) => answer.number === number);
  }
}

export function findPeerCall(
  number: number,
  request: { roomId?: string; peerId?: string } = {},
): exchange.CallInput {
  return {
    number,
    method: 'FindPeer',
    request: MediaService.service.FindPeer.requestSerialize(request),
    timeoutMs: 30_000,
  };
}
