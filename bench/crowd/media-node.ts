import { freePort, freePorts } from '@parley/common/testing';
import { scrape, total } from '../../tests/harness/records/metrics.ts';
import { ServiceProcess } from '../../tests/harness/servers/service-process.ts';
import { cpuByProcess, isWorker, memoryOf } from '../processes.ts';

/** Ports of workers, and behind them those of links to other nodes. */
const WORKER_PORTS = 8;
const LINK_PORTS = 56;

const PATIENT = {
  MEDIA_WORKERS: '2',
  MEDIA_CONNECT_TIMEOUT_MS: '3600000',
  MEDIA_UNUSED_ROOM_TIMEOUT_MS: '3600000',
  MEDIA_STATS_INTERVAL_MS: '0',
};

/** CPU time of a media node so far, in nanoseconds. */
export type MediaCpu = { service: number; workers: readonly number[] };

/** A media node as a process, with its workers. */
export class MediaNode {
  readonly address: string;
  readonly #service: ServiceProcess;

  /** @param env What differs from a node with two workers that nobody needs to hurry for. */
  static async start(secret: string, env: Readonly<Record<string, string>>): Promise<MediaNode> {
    const port = await freePort();
    const rtc = await freePorts(WORKER_PORTS + LINK_PORTS);
    const service = await ServiceProcess.start('media', {
      MEDIA_GRPC_SECRET: secret,
      MEDIA_GRPC_PORT: String(port),
      MEDIA_ADMIN_PORT: String(await freePort()),
      MEDIA_RTC_PORT_BASE: String(rtc),
      MEDIA_PIPE_PORTS: `${rtc + WORKER_PORTS}-${rtc + WORKER_PORTS + LINK_PORTS - 1}`,
      MEDIA_PROBE_PORT: String(await freePort()),
      ...PATIENT,
      ...env,
    });
    return new MediaNode(`127.0.0.1:${port}`, service);
  }

  private constructor(address: string, service: ServiceProcess) {
    this.address = address;
    this.#service = service;
  }

  /** In MiB. */
  get memory(): number {
    return memoryOf(this.#service);
  }

  cpu(): MediaCpu {
    const all = cpuByProcess(this.#service);
    const sum = (of: typeof all) => of.reduce((nanoseconds, one) => nanoseconds + one.nanoseconds, 0);
    return {
      service: sum(all.filter(({ command }) => !isWorker(command))),
      workers: all.filter(({ command }) => isWorker(command)).map(({ nanoseconds }) => nanoseconds),
    };
  }

  /** The sum over all samples of a metric that have these labels. */
  async total(metric: string, labels: Record<string, string> = {}): Promise<number> {
    return total(await scrape(this.#service.adminPort), metric, labels);
  }

  async stop(): Promise<void> {
    await this.#service.kill();
  }
}
