import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';

/** Sends every datagram back from the port where it came in, over IPv4 and IPv6. */
const ECHO = `const { createSocket } = require('node:dgram');
const ports = process.argv.slice(1).map(Number);
let open = 0;
for (const port of ports) {
  const socket = createSocket('udp6');
  socket.on('message', (data, from) => socket.send(data, from.port, from.address));
  socket.bind(port, '::', () => { open += 1; if (open === ports.length) process.send('open'); });
}`;

/** UDP ports that answer whatever they get, at every address of this machine or of another one. */
export class EchoPorts {
  readonly #child: ChildProcess;

  /** @param within A program and arguments that run it elsewhere, such as `ip netns exec …`. */
  static async open(ports: readonly number[], within: readonly string[] = []): Promise<EchoPorts> {
    const [program = '', ...args] = [...within, process.execPath, '-e', ECHO, ...ports.map(String)];
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const [outcome] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [unknown];
    if (outcome !== 'open') throw new Error(`the ports could not be opened: ${ports.join(', ')}`);
    return new EchoPorts(child);
  }

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  close(): void {
    this.#child.kill('SIGKILL');
  }
}
