import type { RequestInput, RequestName, RequestResult, Snapshot } from '@parley/proto/requests';
import type { PeerRecord } from '@parley/proto/room';
import { CallFailure } from '../../src/call/base/call-failure.ts';
import { silentLog } from '../../src/call/base/log.ts';
import { Call } from '../../src/call/call.ts';
import type { CallOptions } from '../../src/call/call-options.ts';
import { MediaDevice } from '../../src/call/media/media-device.ts';
import { LISTENER } from './choices.ts';
import { fakeHandlerFactory, transportParameters } from './media.ts';
import { peer, ROOM_CODE, snapshot } from './records.ts';
import { RoomServer } from './room-server.ts';
import { ok, refused, SignalingServer } from './signaling-server.ts';
import { ManualCapture } from './tracks.ts';

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
  'transport:open-send',
  'media:reopen',
] as const satisfies RequestName[];

/** A server for whole calls: REST, signaling and media. Each join makes the next peer: me1, me2, ... */
export class CallServer {
  readonly signaling: SignalingServer;
  readonly media = new RoomServer();
  joins = 0;
  /** Whether the reply to a join brings consumers; `unknown`: a server of an older version, which refuses to be asked for them. */
  brings: boolean | 'unknown' = false;
  /** What the next joins answer with; null: others each time. */
  transports: RequestResult<'room:join'>['transports'] | null = null;
  /** What everybody in the room may see of the peer that joined. */
  self: Partial<PeerRecord> = {};

  static async start(): Promise<CallServer> {
    return new CallServer(await SignalingServer.start());
  }

  private constructor(signaling: SignalingServer) {
    this.signaling = signaling;
    this.allowJoin();
    signaling.handlers.set('room:join', (input) => {
      const { firstPictures } = input as RequestInput<'room:join'>;
      if (firstPictures !== undefined && this.brings === 'unknown') return refused('invalid_request');
      this.joins += 1;
      this.media.producers.clear();
      const transports = this.transports ?? { send: transportParameters(), receive: transportParameters() };
      const first = this.brings === true && { first: this.media.first(firstPictures ?? 0) };
      return ok({ snapshot: this.#snapshot(), transports, ...first });
    });
    signaling.handlers.set('room:resume', () => ok({ snapshot: this.#snapshot(), mediaKept: true }));
    for (const name of ['room:leave', 'peer:set-hand', 'peer:react', 'peer:set-profile'] as const)
      signaling.handlers.set(name, () => ok({}));
    for (const name of MEDIA_REQUESTS) signaling.handlers.set(name, (input) => this.#askMedia(name, input));
  }

  /** What pages said by a request besides the socket. */
  get goodbyes(): { resumeSecret: string; verb: string }[] {
    const bodies = this.signaling.restBodies.map((body) => JSON.parse(body) as Record<string, string>);
    return bodies.flatMap(({ resumeSecret, verb }) =>
      resumeSecret === undefined || verb === undefined ? [] : [{ resumeSecret, verb }],
    );
  }

  get origin(): string {
    return this.signaling.origin;
  }

  /** A call of a listener with this server, unless `over` says otherwise. The test closes it. */
  makeCall(over: Partial<CallOptions> = {}): Call {
    return new Call({
      roomCode: ROOM_CODE,
      choice: LISTENER,
      device: new MediaDevice(fakeHandlerFactory()),
      origin: this.origin,
      log: silentLog,
      capture: new ManualCapture(),
      ...over,
    });
  }

  allowJoin(): void {
    const body = { token: 'token', peerId: 'me', expiresAt: 1, traceId: 'ab'.repeat(16) };
    this.signaling.rest = (path) =>
      path.endsWith('/goodbye') ? { status: 204, body: undefined } : { status: 200, body };
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
