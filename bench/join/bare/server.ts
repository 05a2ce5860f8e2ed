import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import { createWorker, type types } from 'mediasoup';
import { WebSocketServer } from 'ws';
import { freePort } from '@parley/common/testing';
import { ROUTER_RTP_CAPABILITIES } from '@parley/proto/router-rtp-capabilities';
import { BarePerson } from './person.ts';

const HTML = '<!doctype html><title>Bare</title><button>Join</button><script src="/page.js"></script>';

/** The least that a call with mediasoup needs: a page, a WebSocket, one worker. No rooms, no rights, nothing that survives. */
export class BareServer {
  readonly #worker: types.Worker;
  readonly #http: Server;
  readonly #people = new Set<BarePerson>();

  static async start(): Promise<BareServer> {
    const worker = await createWorker();
    const mediaCodecs = (ROUTER_RTP_CAPABILITIES.codecs ?? []).filter(
      ({ mimeType }) => !mimeType.endsWith('/rtx'),
    );
    const router = await worker.createRouter({
      mediaCodecs,
    });
    const port = await freePort();
    const webRtcServer = await worker.createWebRtcServer({
      listenInfos: (['udp', 'tcp'] as const).map((protocol) => ({ protocol, ip: '127.0.0.1', port })),
    });
    const server = new BareServer(worker, await bundle());
    const sockets = new WebSocketServer({ server: server.#http });
    sockets.on('connection', (socket) => {
      const person = new BarePerson({ socket, router, webRtcServer, people: server.#people });
      server.#people.add(person);
      socket.once('close', () => {
        server.#people.delete(person);
        person.close();
      });
    });
    await new Promise<void>((resolve) => server.#http.listen(0, 'localhost', resolve));
    return server;
  }

  private constructor(worker: types.Worker, script: string) {
    this.#worker = worker;
    this.#http = createServer(({ url }, response) => {
      const isScript = url === '/page.js';
      response
        .setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
        .end(isScript ? script : HTML);
    });
  }

  get origin(): string {
    return `http://localhost:${(this.#http.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#worker.close();
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
  }
}

async function bundle(): Promise<string> {
  const entry = join(import.meta.dirname, 'page.ts');
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, minify: true, write: false });
  return outputFiles.map(({ text }) => text).join('');
}
