import { spawnSync } from 'node:child_process';
import { attempt, run } from '../../scripts/lib/command.mjs';

export const HOST_ADDRESS = '10.77.0.1';
const OUTSIDE_ADDRESS = '10.77.0.2';

/**
 * Two network namespaces with a cable between them: one is the machine that runs the containers, the other a machine
 * outside. All bridges and rules of the engine are inside, and are removed with the namespaces.
 */
export class Namespaces {
  readonly host = `parley-host-${process.pid}`;
  readonly outside = `parley-outside-${process.pid}`;
  readonly #onExit = () => {
    for (const name of [this.outside, this.host]) spawnSync('ip', ['netns', 'delete', name]);
  };

  static async create(): Promise<Namespaces> {
    const namespaces = new Namespaces();
    await namespaces.#make();
    return namespaces;
  }

  private constructor() {
    process.on('exit', this.#onExit);
  }

  /** The beginning of a command that runs a program in a namespace. */
  static enter(name: string): string[] {
    return ['nsenter', `--net=/run/netns/${name}`];
  }

  /** The ids of processes that still run in a namespace. */
  async processes(name: string): Promise<string[]> {
    const { output } = await attempt('ip', ['netns', 'pids', name]);
    return output.split('\n').filter((line) => line !== '');
  }

  async remove(): Promise<void> {
    process.off('exit', this.#onExit);
    for (const name of [this.outside, this.host]) await run('ip', ['netns', 'delete', name]);
  }

  async #make(): Promise<void> {
    const { host, outside } = this;
    for (const name of [host, outside]) await run('ip', ['netns', 'add', name]);
    await run('ip', [
      '-n',
      host,
      'link',
      'add',
      'cable',
      'type',
      'veth',
      'peer',
      'name',
      'cable',
      'netns',
      outside,
    ]);
    for (const [name, address] of [
      [host, HOST_ADDRESS],
      [outside, OUTSIDE_ADDRESS],
    ] as const) {
      await run('ip', ['-n', name, 'address', 'add', `${address}/24`, 'dev', 'cable']);
      for (const link of ['lo', 'cable']) await run('ip', ['-n', name, 'link', 'set', link, 'up']);
    }
    // Without the rate limit on ICMP errors, each closed UDP port answers, and a silent one is open or filtered.
    const [program = '', ...enter] = Namespaces.enter(host);
    await run(program, [...enter, 'sysctl', '-q', '-w', 'net.ipv4.icmp_ratemask=0']);
  }
}
