import { execFileSync, spawn } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Server, type Socket } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';

const IP = '/usr/sbin/ip';

/** A program that makes a listening socket in its own network, and sends the socket to its parent. */
const LISTEN = `const server = require('node:net').createServer();
server.listen(Number(process.argv[1]), '127.0.0.1', () => process.send('listening', server, () => process.exit()));`;

/** The network of another machine, with one cable to this one. Packets can be dropped at its end of the cable. Needs root. */
export class NetworkNamespace {
  /** The address of this machine, as programs inside reach it. */
  readonly hostAddress: string;
  /** The address of the other machine. */
  readonly address: string;
  readonly #name = `parley-${randomBytes(3).toString('hex')}`;
  readonly #folder = mkdtempSync(join(tmpdir(), 'parley-netns-'));
  readonly #listeners: Server[] = [];
  readonly #sockets = new Set<Socket>();

  static get isPossible(): boolean {
    return process.getuid?.() === 0;
  }

  /** @param family The only kind of address that the other machine has. */
  static create(family: 'IPv4' | 'IPv6' = 'IPv4'): NetworkNamespace {
    const namespace = new NetworkNamespace(family === 'IPv4' ? freeNetwork() : freeIpv6Network());
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
    this.address = `${network}2`;
  }

  /** The name of this machine's end of the cable. */
  get cable(): string {
    return this.#name;
  }

  /** The beginning of a command that runs a program inside. */
  get within(): readonly string[] {
    return [IP, 'netns', 'exec', this.#name];
  }

  close(): void {
    for (const listener of this.#listeners) listener.close();
    for (const socket of this.#sockets) socket.destroy();
    // A process that still runs inside keeps the network, and so the cable has to be deleted as well.
    for (const thing of ['link', 'netns']) {
      try {
        execFileSync(IP, [thing, 'delete', this.#name], { stdio: 'ignore' });
      } catch {
        // The link or the namespace does not exist if the set-up failed before.
      }
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Writes a program that runs the one at `path` inside with all its arguments, and returns its path. */
  program(path: string): string {
    const file = join(this.#folder, 'inside');
    writeFileSync(file, `#!/bin/sh\nexec ${IP} netns exec ${this.#name} ${path} "$@"\n`, { mode: 0o700 });
    return file;
  }

  /** Drops packets in both directions that match one of these nft expressions. Replaces what an earlier call dropped. */
  drop(...matches: string[]): void {
    this.#run('nft', 'add table inet fault; flush table inet fault');
    for (const way of ['input', 'output']) {
      this.#run('nft', `add chain inet fault ${way} { type filter hook ${way} priority 0; }`);
      for (const match of matches) this.#run('nft', `add rule inet fault ${way} ${match} drop`);
    }
  }

  /**
   * Drops what every socket that is open inside now sends and receives, and nothing of later ones: as after a change of
   * the network that nobody reports.
   */
  dropOpenSockets(): void {
    const listening = new Set(this.#localPorts('--tcp', '--listening'));
    const open = {
      udp: this.#localPorts('--udp', '--all'),
      tcp: this.#localPorts('--tcp').filter((port) => !listening.has(port)),
    };
    const matches = Object.entries(open).flatMap(([protocol, ports]) => {
      const set = `{ ${[...new Set(ports)].join(', ')} }`;
      return ports.length === 0 ? [] : [`${protocol} sport ${set}`, `${protocol} dport ${set}`];
    });
    this.drop(...matches);
  }

  /** Gives this machine one more address, which goes with the cable. Programs in other namespaces reach it after their `reachMachine`. */
  addMachineAddress(): string {
    // Behind those of the cable, in the network that is drawn for it.
    const address = this.hostAddress.replace(/1$/, '9');
    execFileSync(IP, ['address', 'add', `${address}/32`, 'dev', this.cable]);
    return address;
  }

  /** From now on programs inside reach every address of this machine. */
  reachMachine(): void {
    this.#run('ip', 'route', 'add', 'default', 'via', this.hostAddress);
  }

  /** Ends every TCP connection from inside to this port, as a network that forgets connections does. */
  reset(port: number): void {
    this.#run('ss', '--kill', '--tcp', 'dport', '=', `:${port}`);
  }

  /** Connects localhost:port inside with localhost:port of this machine. Browsers treat it as secure, and `drop` does not affect it. */
  async forward(port: number): Promise<void> {
    const child = spawn(IP, ['netns', 'exec', this.#name, process.execPath, '-e', LISTEN, String(port)], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    // A socket belongs to the network where it was made, also in another process.
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
    // The name of an interface has at most fifteen characters.
    const cable = this.#name;
    execFileSync(IP, ['netns', 'add', this.#name]);
    execFileSync(IP, ['link', 'add', cable, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', this.#name]);
    // An IPv6 address is usable at once only without the search for duplicates.
    const [bits, how] = this.hostAddress.includes(':') ? ['64', ['nodad']] : ['30', []];
    execFileSync(IP, ['address', 'add', `${this.hostAddress}/${bits}`, 'dev', cable, ...how]);
    execFileSync(IP, ['link', 'set', cable, 'up']);
    this.#run('ip', 'address', 'add', `${this.address}/${bits}`, 'dev', 'eth0', ...how);
    this.#run('ip', 'link', 'set', 'lo', 'up');
    this.#run('ip', 'link', 'set', 'eth0', 'up');
  }

  #localPorts(...which: string[]): string[] {
    const lines = this.#run('ss', '--no-header', '--numeric', ...which).split('\n');
    // State, two queues, local address, other address.
    return lines.flatMap((line) => /:(\d+)$/.exec(line.trim().split(/\s+/)[3] ?? '')?.[1] ?? []);
  }

  #run(...command: string[]): string {
    return execFileSync(IP, ['netns', 'exec', this.#name, ...command], { encoding: 'utf8' });
  }
}

/** The first three numbers of an IPv4 network that is reserved for tests (RFC 2544) and that this machine does not use. */
function freeNetwork(): string {
  const used = Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address));
  for (;;) {
    const network = `198.${randomInt(18, 20)}.${randomInt(256)}.`;
    if (!used.some((address) => address.startsWith(network))) return network;
  }
}

/** The first numbers of a private IPv6 network (RFC 4193), drawn by lot. */
function freeIpv6Network(): string {
  const [, one, two, three] =
    randomBytes(6)
      .toString('hex')
      .match(/(.{4})(.{4})(.{4})/) ?? [];
  return `fd7a:${one}:${two}:${three}::`;
}
