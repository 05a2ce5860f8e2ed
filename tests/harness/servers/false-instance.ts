import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createSecureServer } from 'node:tls';
import { ConsulRegistration } from '@parley/common/consul';
import type { GrpcCertificates } from '@parley/common/grpc';
import { CONSUL_TOKENS, silentLogger, waitFor } from '@parley/common/testing';

/** A server that stands where a service should be. It takes every connection and keeps what it receives. */
export class FalseInstance {
  /** The bytes of all connections as they came over the wire, each connection alone. */
  readonly raw: Buffer[] = [];
  readonly #server: Server;
  readonly #secure: Server | undefined;
  readonly #received: Received;
  readonly #sockets = new Set<Socket>();

  /** Starts the instance. Without certificates the instance takes connections without TLS. */
  static async start(certificates?: GrpcCertificates): Promise<FalseInstance> {
    const received: Received = { plain: Buffer.alloc(0) };
    const secure = certificates && secureServer(certificates, received);
    if (secure) await once(secure.listen(0, '127.0.0.1'), 'listening');
    const instance = new FalseInstance(received, secure);
    await once(instance.#server.listen(0, '127.0.0.1'), 'listening');
    return instance;
  }

  private constructor(received: Received, secure: Server | undefined) {
    this.#received = received;
    this.#secure = secure;
    this.#server = createServer((socket) => {
      this.#keep(socket);
      const index = this.raw.push(Buffer.alloc(0)) - 1;
      socket.on('data', (data: Buffer) => {
        this.raw[index] = Buffer.concat([this.raw[index] ?? data, data]);
      });
      if (secure !== undefined) this.#passOn(socket, secure);
    });
  }

  /** What it could read after a TLS handshake, all connections together. */
  get plain(): Buffer {
    return this.#received.plain;
  }

  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Everything that it received, as text. */
  get text(): string {
    return Buffer.concat([...this.raw, this.plain]).toString('latin1');
  }

  /** Registers it with the token of the service: the most that somebody can have who took over one instance of it. */
  async registerAs(service: 'media' | 'signaling', consulUrl: string): Promise<ConsulRegistration> {
    const registration = ConsulRegistration.create({
      url: consulUrl,
      token: CONSUL_TOKENS[service],
      registrant: {
        id: `false-${service}`,
        service,
        address: this.address,
        adminAddress: '127.0.0.1:1',
      },
      logger: silentLogger,
    });
    await waitFor(() => registration.registered, { what: 'the false instance is registered' });
    return registration;
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    this.#secure?.close();
  }

  /** The bytes go to the TLS server as they came, so that they can be kept on the way. */
  #passOn(socket: Socket, secure: Server): void {
    const inner = connect((secure.address() as AddressInfo).port, '127.0.0.1');
    this.#keep(inner);
    socket.pipe(inner).pipe(socket);
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy()).once('close', () => this.#sockets.delete(socket));
  }
}

type Received = { plain: Buffer };

/** Makes a server that takes callers with any certificate and with none. */
function secureServer({ authority, certificate, key }: GrpcCertificates, received: Received): Server {
  const options = { ca: authority, cert: certificate, key, requestCert: true, ALPNProtocols: ['h2'] };
  const server = createSecureServer({ ...options, rejectUnauthorized: false }, (socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('data', (data: Buffer) => {
      received.plain = Buffer.concat([received.plain, data]);
    });
  });
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  return server;
}
