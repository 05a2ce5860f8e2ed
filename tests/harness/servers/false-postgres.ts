import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { GrpcCertificates } from '@parley/common/grpc';

/** The code of the message by which a client asks for TLS. */
const SSL_REQUEST = 80_877_103;
const CODE_AT = 4;
const AUTHENTICATION = { password: 3, md5: 5 } as const;
const SALT = Buffer.from('salt');

type Behaviour = {
  /** The server speaks TLS with these certificates. Without them it says that it has no TLS. */
  certificates?: GrpcCertificates;
  /** What it asks a client for that has sent its start message. */
  asksFor?: keyof typeof AUTHENTICATION;
};

/** A server that stands where PostgreSQL should be, speaks as much of its protocol as gets a client to talk, and keeps what it can read. */
export class FalsePostgres {
  /** What it could read, all connections together, without the question for TLS. */
  read = Buffer.alloc(0);
  connections = 0;
  readonly #server: Server;
  readonly #behaviour: Behaviour;
  readonly #sockets = new Set<Socket>();

  static async start(behaviour: Behaviour): Promise<FalsePostgres> {
    const postgres = new FalsePostgres(behaviour);
    await once(postgres.#server.listen(0, '127.0.0.1'), 'listening');
    return postgres;
  }

  private constructor(behaviour: Behaviour) {
    this.#behaviour = behaviour;
    this.#server = createServer((socket) => {
      this.connections += 1;
      this.#keep(socket);
      socket.once('data', (first: Buffer) => this.#open(socket, first));
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }

  #open(socket: Socket, first: Buffer): void {
    const { certificates } = this.#behaviour;
    if (first.readUInt32BE(CODE_AT) !== SSL_REQUEST) return this.#talk(socket, first);
    if (certificates === undefined) {
      socket.on('data', (data: Buffer) => this.#take(data));
      socket.write('N');
      return;
    }
    const { certificate: cert, key } = certificates;
    const secure = new TLSSocket(socket, { isServer: true, cert, key });
    this.#keep(secure);
    secure.once('data', (start: Buffer) => this.#talk(secure, start));
    socket.write('S');
  }

  #talk(socket: Socket, start: Buffer): void {
    this.#take(start);
    socket.on('data', (data: Buffer) => this.#take(data));
    const { asksFor = 'password' } = this.#behaviour;
    const extra = asksFor === 'md5' ? SALT : Buffer.alloc(0);
    const message = Buffer.alloc(9);
    message.write('R');
    message.writeUInt32BE(8 + extra.length, 1);
    message.writeUInt32BE(AUTHENTICATION[asksFor], 5);
    socket.write(Buffer.concat([message, extra]));
  }

  #take(data: Buffer): void {
    this.read = Buffer.concat([this.read, data]);
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy()).once('close', () => this.#sockets.delete(socket));
  }
}
