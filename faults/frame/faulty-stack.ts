import { processTree, type ProcessInfo } from '../../tests/harness/machine/processes.ts';
import { hasUdpPort } from '../../tests/harness/machine/udp-ports.ts';
import { scrape, total } from '../../tests/harness/records/metrics.ts';
import { Stack } from '../../tests/harness/servers/stack.ts';

export const MEDIA_NODES = ['media-1', 'media-2'] as const;
export const SIGNALING = ['signaling-1', 'signaling-2'] as const;

export type MediaNodeName = (typeof MEDIA_NODES)[number];
export type SignalingName = (typeof SIGNALING)[number];
type Instance = MediaNodeName | SignalingName;

/** The whole stack, with two media nodes and two instances of signaling that can be named, read and broken. */
export class FaultyStack {
  readonly stack: Stack;

  static async start(
    env: Readonly<Record<string, string>> = {},
    args: readonly string[] = [],
  ): Promise<FaultyStack> {
    return new FaultyStack(await Stack.start({ MEDIA_WORKERS: '2', DRAIN_TIMEOUT_S: '20', ...env }, args));
  }

  private constructor(stack: Stack) {
    this.stack = stack;
  }

  get edge(): string {
    return this.stack.url('edge');
  }

  stop(): Promise<void> {
    return this.stack.kill();
  }

  adminPort(name: Instance): number {
    return Number(this.stack.variable(name, adminVariable(name)));
  }

  pid(name: Instance): number {
    return this.stack.instancePid(adminVariable(name), String(this.adminPort(name)));
  }

  async metric(name: Instance, metric: string, labels: Record<string, string> = {}): Promise<number> {
    return total(await scrape(this.adminPort(name)), metric, labels);
  }

  /** The sum over these instances. One that does not answer has none. */
  async sum(names: readonly Instance[], metric: string): Promise<number> {
    const counts = await Promise.all(names.map((name) => this.metric(name, metric).catch(() => 0)));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** The media node that listens at this media port. */
  nodeOfPort(port: number): MediaNodeName {
    const first = Number(this.stack.variable('media-2', 'MEDIA_RTC_PORT_BASE'));
    return port >= first ? 'media-2' : 'media-1';
  }

  /** The process of mediasoup's worker that listens at this media port. */
  workerOfPort(port: number): ProcessInfo {
    const worker = this.workers(this.nodeOfPort(port)).find(({ pid }) => hasUdpPort(pid, port));
    if (!worker) throw new Error(`no worker listens at port ${port}`);
    return worker;
  }

  /** The processes of mediasoup's workers of a node. */
  workers(name: MediaNodeName): ProcessInfo[] {
    return processTree(this.pid(name)).filter(({ command }) => command.includes('mediasoup-worker'));
  }

  /** Every process with this in its command: PostgreSQL has one for each connection. */
  signalAll(command: string, signal: NodeJS.Signals): void {
    for (const one of this.stack.processes())
      if (one.command.includes(command)) process.kill(one.pid, signal);
  }

  /** Whether the node is registered in Consul, as the gateway reports to Prometheus. */
  async isRegistered(name: MediaNodeName): Promise<boolean> {
    const port = this.stack.variable('gateway', 'GATEWAY_ADMIN_PORT');
    const answer = await fetch(`http://127.0.0.1:${port}/targets`);
    return (await answer.text()).includes(`127.0.0.1:${this.adminPort(name)}`);
  }

  /** Ends an instance, and resolves when the stack has started it again. */
  async killAndAwait(name: Instance, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const before = this.stack.restarts(name);
    process.kill(this.pid(name), signal);
    await this.stack.awaitRestart(name, before);
  }
}

function adminVariable(name: Instance): string {
  return name.startsWith('media') ? 'MEDIA_ADMIN_PORT' : 'SIGNALING_ADMIN_PORT';
}
