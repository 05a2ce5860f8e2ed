import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { GrpcClient } from '@parley/common/grpc';
import { createMetrics } from '@parley/common/service';
import { freePort, freePorts, silentLogger, waitFor } from '@parley/common/testing';
import { MediaService, type media } from '@parley/proto/media-rpc';

const MAIN = path.resolve(import.meta.dirname, '../../../media/src/main.ts');

type MediaProcessOptions = { secret: string; env?: Record<string, string> };

/** The real media node with a real worker, as a process of its own. */
export class MediaProcess {
  readonly address: string;
  readonly #client: GrpcClient<typeof MediaService>;
  readonly #env: NodeJS.ProcessEnv;
  #child: ChildProcess;

  static async start(options: MediaProcessOptions): Promise<MediaProcess> {
    const bin = process.env['MEDIASOUP_WORKER_BIN'];
    if (bin === undefined || bin === '')
      throw new Error('set MEDIASOUP_WORKER_BIN to the mediasoup worker program');
    const [grpcPort, adminPort, rtcPort] = [await freePort(), await freePort(), await freePorts(1)];
    const { NODE_OPTIONS: _own, ...inherited } = process.env;
    const env = {
      ...inherited,
      LOG_LEVEL: 'error',
      MEDIA_GRPC_SECRET: options.secret,
      MEDIASOUP_WORKER_BIN: bin,
      MEDIA_GRPC_PORT: String(grpcPort),
      MEDIA_ADMIN_PORT: String(adminPort),
      MEDIA_RTC_PORT_BASE: String(rtcPort),
      MEDIA_WORKERS: '1',
      // The clients of tests have no media of their own, and tests may take long.
      MEDIA_CONNECT_TIMEOUT_MS: '600000',
      ...options.env,
    };
    const media = new MediaProcess(grpcPort, env, options.secret);
    await media.#whenReady();
    return media;
  }

  private constructor(grpcPort: number, env: NodeJS.ProcessEnv, secret: string) {
    this.address = `127.0.0.1:${grpcPort}`;
    this.#env = env;
    this.#client = GrpcClient.create(MediaService, this.address, {
      secret,
      logger: silentLogger,
      metrics: createMetrics('test'),
    });
    this.#child = this.#spawn();
  }

  status(): Promise<media.GetStatusResponse> {
    return this.#client.call('getStatus', {}, { timeoutMs: 5_000 });
  }

  /** The counts of the node. All are zero after every peer has left. */
  async counts(): Promise<{
    rooms: number;
    peers: number;
    transports: number;
    producers: number;
    consumers: number;
  }> {
    const { rooms, peers, workers } = await this.status();
    const sum = (of: (worker: media.WorkerStatus) => number): number =>
      workers.reduce((total, worker) => total + of(worker), 0);
    return {
      rooms,
      peers,
      transports: sum((worker) => worker.transports),
      producers: sum((worker) => worker.producers),
      consumers: sum((worker) => worker.consumers),
    };
  }

  /** Whether each producer of the room is paused on the node itself. */
  async pausedProducers(roomId: string): Promise<Record<string, boolean>> {
    const stream = this.#client.stream('watch', { roomId });
    const { promise, resolve, reject } = Promise.withResolvers<media.RoomState>();
    stream.on('message', (event) => event.state && resolve(event.state));
    stream.once('ended', (error) => reject(error ?? new Error('the stream ended')));
    const { peers } = await promise;
    stream.close();
    const producers = peers.flatMap((peer) => peer.producers);
    return Object.fromEntries(producers.map(({ producerId, paused }) => [producerId, paused]));
  }

  /** Kills the process, as a crash would. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }

  /** On the same ports. */
  async restart(): Promise<void> {
    this.#child = this.#spawn();
    await this.#whenReady();
  }

  /** Kills all workers, or the one with this index. */
  async killWorker(index?: number): Promise<void> {
    const { workers } = await this.status();
    for (const worker of workers)
      if (index === undefined || worker.index === index) process.kill(worker.pid, 'SIGKILL');
  }

  async stop(): Promise<void> {
    this.#client.close();
    await this.terminate();
  }

  /** Asks the process to stop. Resolves with its exit code, or null if it had ended before or was killed. */
  async terminate(): Promise<number | null> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return null;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const [code] = (await exited) as [number | null];
    return code;
  }

  #spawn(): ChildProcess {
    const child = spawn(process.execPath, [MAIN], { env: this.#env, stdio: ['ignore', 'ignore', 'inherit'] });
    const killWithUs = (): void => void child.kill('SIGKILL');
    process.once('exit', killWithUs);
    child.once('exit', () => process.off('exit', killWithUs));
    return child;
  }

  async #whenReady(): Promise<void> {
    const { promise, reject } = Promise.withResolvers<never>();
    this.#child.once('exit', (code) => reject(new Error(`the media node ended with code ${code}`)));
    const accepts = waitFor(async () => (await this.status()).accepting, {
      timeoutMs: 90_000,
      what: 'the media node accepts rooms',
    });
    await Promise.race([accepts, promise]);
  }
}
