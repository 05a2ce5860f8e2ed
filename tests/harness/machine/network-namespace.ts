import { execFileSync, spawn } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Server, type Socket } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';

const IP = '/usr/sbin/ip';

/** Makes a listening socket where it runs, and gives it away. */
const LISTEN = `const server = require('node:net').createServer();
server.listen(Number(process.argv[1]), '127.0.0.1', () => process.send('listening', server, () => process.exit()));`;

/** Somebody else's network: one cable leads to this machine, and what must not pass is dropped on the other side of it. Needs root. */
export class NetworkNamespace {
  /** Where those inside reach this machine. */
  readonly hostAddress: string;
  readonly #name = `parley-${randomBytes(3).toString('hex')}`;
  readonly #folder = mkdtempSync(join(tmpdir(), 'parley-netns-'));
  readonly #listeners: Server[] = [];
  readonly #sockets = new Set<Socket>();

  static get isPossible(): boolean {
    return process.getuid?.() === 0;
  }

  static create(): NetworkNamespace {
    const namespace = new NetworkNamespace(freeNetwork());
    try {
      namespace.#connect();
      return namespace;
    } catch (error) {
      namespace.close();
      throw error;
    }
  }

  private constructor(network: string) {
    this.hostAddress = `${network}1`;
  }

  close(): void {
    for (const listener of this.#listeners) listener.close();
    for (const socket of this.#sockets) socket.destroy();
    // What still runs inside keeps the network alive after its name, and with it the cable.
    for (const thing of ['link', 'netns']) {
      try {
        execFileSync(IP, [thing, 'delete', this.#name], { stdio: 'ignore' });
      } catch {
        // It was never made.
      }
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** A program that runs another one inside, with whatever arguments. */
  program(path: string): string {
    const file = join(this.#folder, 'inside');
    writeFileSync(file, `#!/bin/sh\nexec ${IP} netns exec ${this.#name} ${path} "$@"\n`, { mode: 0o700 });
    return file;
  }

  /** From now on nothing that matches one of these expressions of nft comes in or goes out, and all else does. */
  drop(...matches: string[]): void {
    this.#run('nft', 'add table inet fault; flush table inet fault');
    for (const way of ['input', 'output']) {
      this.#run('nft', `add chain inet fault ${way} { type filter hook ${way} priority 0; }`);
      for (const match of matches) this.#run('nft', `add rule inet fault ${way} ${match} drop`);
    }
  }

  /** localhost:port inside leads to localhost:port of this machine: a secure origin, and past all that is dropped. */
  async forward(port: number): Promise<void> {
    const child = spawn(IP, ['netns', 'exec', this.#name, process.execPath, '-e', LISTEN, String(port)], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    // A socket stays in the network where it was made, whoever accepts.
    const [, listener] = (await once(child, 'message')) as [string, Server];
    this.#listeners.push(listener);
    listener.on('connection', (inner: Socket) => {
      const outer = connect(port, '127.0.0.1');
      for (const [from, to] of [
        [inner, outer],
        [outer, inner],
      ] as const) {
        this.#sockets.add(from);
        from.on('error', () => to.destroy()).on('close', () => to.destroy());
        from.pipe(to);
      }
    });
  }

  #connect(): void {
    // Names of interfaces have fifteen characters at most.
    const cable = this.#name;
    execFileSync(IP, ['netns', 'add', this.#name]);
    execFileSync(IP, ['link', 'add', cable, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', this.#name]);
    execFileSync(IP, ['address', 'add', `${this.hostAddress}/30`, 'dev', cable]);
    execFileSync(IP, ['link', 'set', cable, 'up']);
    this.#run('ip', 'address', 'add', `${this.hostAddress.replace(/1$/, '2')}/30`, 'dev', 'eth0');
    this.#run('ip', 'link', 'set', 'lo', 'up');
    this.#run('ip', 'link', 'set', 'eth0', 'up');
  }

  #run(...command: string[]): void {
    execFileSync(IP, ['netns', 'exec', this.#name, ...command]);
  }
}

/** The first three numbers of addresses for tests of networks (RFC 2544) that this machine does not use. */
function freeNetwork(): string {
  const used = Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address));
  for (;;) {
    const network = `198.${randomInt(18, 20)}.${randomInt(256)}.`;
    if (!used.some((address) => address.startsWith(network))) return network;
  }
}
