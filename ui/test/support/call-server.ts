import type { PeerRecord, RequestInput, RequestName, Snapshot } from '@parley/proto';
import { CallFailure } from '../../src/call/base/call-failure.ts';
import { transportParameters } from './media.ts';
import { peer, snapshot } from './records.ts';
import { RoomServer } from './room-server.ts';
import { ok, refused, SignalingServer } from './signaling-server.ts';

const MEDIA_REQUESTS = [
  'consumer:create',
  'consumer:resume',
  'consumer:pause',
  'consumer:close',
  'consumer:set-layers',
  'producer:create',
  'producer:pause',
  'producer:resume',
  'producer:close',
  'transport:connect',
  'media:reopen',
] as const satisfies RequestName[];

/** A server for whole calls: REST, signaling and media. Each join makes the next peer: me1, me2, ... */
export class CallServer {
  readonly signaling: SignalingServer;
  readonly media = new RoomServer();
  joins = 0;
  /** What everybody in the room may see of the peer that joined. */
  self: Partial<PeerRecord> = {};

  static async start(): Promise<CallServer> {
    return new CallServer(await SignalingServer.start());
  }

  private constructor(signaling: SignalingServer) {
    this.signaling = signaling;
    this.allowJoin();
    signaling.handlers.set('room:join', () => {
      this.joins += 1;
      this.media.producers.clear();
      const transports = { send: transportParameters(), receive: transportParameters() };
      return ok({ snapshot: this.#snapshot(), transports });
    });
    signaling.handlers.set('room:resume', () => ok({ snapshot: this.#snapshot(), mediaKept: true }));
    for (const name of ['room:leave', 'peer:set-hand', 'peer:react', 'peer:set-profile'] as const)
      signaling.handlers.set(name, () => ok({}));
    for (const name of MEDIA_REQUESTS) signaling.handlers.set(name, (input) => this.#askMedia(name, input));
  }

  get origin(): string {
    return this.signaling.origin;
  }

  allowJoin(): void {
    const body = { token: 'token', peerId: 'me', expiresAt: 1, traceId: 'ab'.repeat(16) };
    this.signaling.rest = () => ({ status: 200, body });
  }

  /** Refuses the request for a join token. */
  refuseJoin(code: string): void {
    this.signaling.rest = () => ({ status: 404, body: { error: { code, message: 'No.' } } });
  }

  async stop(): Promise<void> {
    await this.signaling.stop();
    if (this.media.violations.length > 0) throw new Error(this.media.violations.join('; '));
  }

  #snapshot(): Snapshot {
    return snapshot(peer(`me${this.joins}`, this.self), this.media.peers);
  }

  async #askMedia(name: RequestName, input: unknown): Promise<unknown> {
    try {
      return ok(await this.media.request(name, input as RequestInput<typeof name>));
    } catch (error) {
      if (error instanceof CallFailure) return refused(error.code);
      throw error;
    }
  }
}
