import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';

/** Takes every connection and says nothing. */
const HOLD = `const { createServer } = require('node:net');
const ports = process.argv.slice(1).map(Number);
let open = 0;
for (const port of ports)
  createServer((socket) => socket.on('error', () => socket.destroy())).listen(port, '::', () => {
    open += 1;
    if (open === ports.length) process.send('open');
  });`;

/** TCP ports that hold their connections open, at every address of another machine. */
export class HeldPort {
  readonly #child: ChildProcess;

  /** @param within A program and arguments that run it elsewhere, such as `ip netns exec …`. */
  static async open(ports: readonly number[], within: readonly string[]): Promise<HeldPort> {
    const [program = '', ...args] = [...within, process.execPath, '-e', HOLD, ...ports.map(String)];
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const [outcome] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [unknown];
    if (outcome !== 'open') throw new Error(`the ports could not be opened: ${ports.join(', ')}`);
    return new HeldPort(child);
  }

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  close(): void {
    this.#child.kill('SIGKILL');
  }
}
