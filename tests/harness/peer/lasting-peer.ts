import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { bothTransports } from '@parley/common/testing';
import { ERRORS } from '@parley/proto/errors';
import type { ConsumerId, PeerId, ProducerId } from '@parley/proto/ids';
import {
  PROTOCOL_VERSION,
  type Notification,
  type RequestInput,
  type RequestName,
  type RequestResult,
  type Snapshot,
} from '@parley/proto/requests';
import type { ChatMessage } from '@parley/proto/room';
import { ROUTER_RTP_CAPABILITIES } from '@parley/proto/router-rtp-capabilities';
import { RawPeer, type Doors } from './raw-peer.ts';

const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 5_000;
const RETRY_MS = 500;

type Resumed = RequestResult<'room:resume'>;
type Transports = Required<RequestResult<'room:join'>['transports']>;
type JoinWishes = Partial<RequestInput<'room:join'>>;
type Known = {
  version: number;
  muted: boolean;
  /** Undefined: there is none now. */
  microphone: ProducerId | undefined;
};

/** A client without a browser that comes back by itself as the page does: same pauses, same resume secret. */
export class LastingPeer {
  readonly name: string;
  /** The first one has the transports of the join. */
  readonly first: RawPeer;
  /** Everybody else in the room, as this client knows them. */
  readonly roster = new Map<PeerId, Known>();
  /** The texts of the chat, by the id of the message. */
  readonly messages = new Map<string, string>();
  /** Everybody who left, as it was notified, once for each time. */
  readonly departures: PeerId[] = [];
  /** How long each of its returns took, in milliseconds. */
  readonly returnsMs: number[] = [];
  /** Why it cannot come back, once it cannot. */
  end: string | undefined;
  /** Rises with each pair of new transports. */
  epoch = 0;
  /** Called when there are new transports: everything on the former ones is gone. */
  onReopened: () => void = () => undefined;
  /** Called when others in the roster have changed. */
  onRosterChanged: () => void = () => undefined;
  /** Called when a consumer has ended without being asked to. */
  onConsumerClosed: (consumerId: ConsumerId) => void = () => undefined;
  readonly #origin: string;
  #peer: RawPeer;
  #transports: Transports | undefined;
  #secret = '';
  #early: (() => void)[] | undefined;
  #mayReturnAt = 0;
  #closed = false;

  static async join(
    origin: string | Doors,
    code: string,
    name: string,
    wishes: JoinWishes = {},
  ): Promise<LastingPeer> {
    const socketOrigin = typeof origin === 'string' ? origin : origin.socket;
    return LastingPeer.enter(await RawPeer.connect(origin, code, name), socketOrigin, name, wishes);
  }

  /** Joins on a socket that is there already. */
  static async enter(
    peer: RawPeer,
    origin: string,
    name: string,
    wishes: JoinWishes = {},
  ): Promise<LastingPeer> {
    const lasting = new LastingPeer(peer, origin, name);
    lasting.#take((await peer.join(wishes)).snapshot);
    return lasting;
  }

  private constructor(peer: RawPeer, origin: string, name: string) {
    this.first = peer;
    this.name = name;
    this.#origin = origin;
    this.#peer = peer;
    this.#listen(peer);
  }

  get peerId(): PeerId {
    return this.first.peerId;
  }

  /** The newest ones. */
  get transports(): Transports {
    return this.#transports ?? this.first.joined.transports;
  }

  /** Sends a request on the present socket. Throws with the code if the server refuses it. */
  request<N extends RequestName>(name: N, payload: RequestInput<N>): Promise<RequestResult<N>> {
    return this.#peer.request(name, payload);
  }

  /** Whether it is in the room on a socket. */
  get present(): boolean {
    return this.#present && this.#peer.socket.connected;
  }
  #present = false;

  /** Loses its socket as a network does, and does not try to come back before `awayMs` are over. */
  cut(awayMs: number): void {
    this.#mayReturnAt = performance.now() + awayMs;
    this.#peer.vanish();
  }

  close(): void {
    this.#closed = true;
    this.#peer.socket.close();
  }

  async leave(): Promise<void> {
    this.#closed = true;
    await this.#peer.leave();
  }

  /** Sends until the server has it, as the page does, or until nobody waits any more. Resolves with whether it has. */
  async say(text: string, withinMs: number): Promise<boolean> {
    const message = { clientMessageId: randomUUID(), toPeerId: null, text };
    const until = performance.now() + withinMs;
    while (performance.now() < until && !this.#closed && this.end === undefined) {
      const code = await this.ask('chat:send', message);
      if (code === 'ok') return true;
      await pause(RETRY_MS);
    }
    return false;
  }

  /** Resolves with `ok` or with the code of the refusal; `lost` without an answer. */
  async ask(name: RequestName, payload: unknown): Promise<string> {
    try {
      const outcome = await this.#peer.attempt(name, payload);
      if (!outcome.ok) return outcome.error.code;
      if (name === 'chat:send') this.#keep((outcome.data as RequestResult<'chat:send'>).message);
      return 'ok';
    } catch {
      return 'lost';
    }
  }

  #listen(peer: RawPeer): void {
    const { socket } = peer;
    const early: (() => void)[] = [];
    this.#early = early;
    // What comes before the snapshot is applied after it.
    const on = <T>(name: string, apply: (payload: T) => void): void => {
      socket.on(name, (payload: T) => {
        if (this.#early === early) early.push(() => apply(payload));
        else apply(payload);
      });
    };
    on('peer:joined', ({ peer: one }: Notification<'peer:joined'>) => this.#see(one));
    on('peer:updated', ({ peer: one }: Notification<'peer:updated'>) => this.#see(one));
    on('peer:left', ({ peerId }: Notification<'peer:left'>) => {
      this.roster.delete(peerId);
      this.departures.push(peerId);
      this.onRosterChanged();
    });
    on('consumer:closed', ({ consumerId }: Notification<'consumer:closed'>) =>
      this.onConsumerClosed(consumerId),
    );
    on('chat:received', ({ message }: Notification<'chat:received'>) => this.#keep(message));
    socket.on('media:reset', () => void this.#reopen());
    socket.on('disconnect', () => {
      if (peer === this.#peer && this.#present) void this.#comeBack();
    });
  }

  #take(snapshot: Snapshot): void {
    this.#secret = snapshot.resumeSecret;
    this.roster.clear();
    for (const peer of snapshot.peers) this.#see(peer);
    for (const message of snapshot.chat) this.#keep(message);
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const apply of early) apply();
    this.#present = true;
  }

  #see({ peerId, version, producers }: Snapshot['self']): void {
    if (peerId === this.peerId || version < (this.roster.get(peerId)?.version ?? 0)) return;
    const microphone = producers.find(({ source }) => source === 'microphone');
    this.roster.set(peerId, {
      version,
      muted: microphone?.paused ?? true,
      microphone: microphone?.producerId,
    });
    this.onRosterChanged();
  }

  #keep({ messageId, text }: ChatMessage): void {
    this.messages.set(messageId, text);
  }

  async #comeBack(): Promise<void> {
    this.#present = false;
    const lostAt = performance.now();
    for (let attempt = 0; !this.#closed; attempt += 1) {
      await pause(Math.max(pauseBefore(attempt), this.#mayReturnAt - performance.now()));
      const code = this.#closed ? 'closed' : await this.#resume();
      if (code === 'ok') {
        this.returnsMs.push(performance.now() - Math.max(lostAt, this.#mayReturnAt));
        return;
      }
      if (code === 'closed' || isPassing(code)) continue;
      this.end = code;
      return;
    }
  }

  /** Resolves with `ok` or with why it failed. */
  async #resume(): Promise<string> {
    let peer: RawPeer;
    try {
      peer = await RawPeer.connectWith(this.#origin, { resumeSecret: this.#secret });
    } catch (error) {
      return (error as { data?: { code?: string } }).data?.code ?? 'network_unreachable';
    }
    this.#peer = peer;
    this.#listen(peer);
    try {
      const outcome = await peer.attempt('room:resume', { protocol: PROTOCOL_VERSION });
      if (!outcome.ok) {
        peer.socket.close();
        return outcome.error.code;
      }
      const { snapshot, mediaKept } = outcome.data as Resumed;
      this.#take(snapshot);
      if (!mediaKept) void this.#reopen();
      return 'ok';
    } catch {
      peer.socket.close();
      return 'network_unreachable';
    }
  }

  async #reopen(): Promise<void> {
    const peer = this.#peer;
    while (peer === this.#peer && peer.socket.connected && !this.#closed) {
      const outcome = await peer
        .attempt('media:reopen', { rtpCapabilities: ROUTER_RTP_CAPABILITIES })
        .catch(() => undefined);
      if (outcome?.ok) {
        this.#transports = bothTransports((outcome.data as RequestResult<'media:reopen'>).transports);
        this.epoch += 1;
        this.onReopened();
        return;
      }
      if (outcome !== undefined && !isPassing(outcome.error.code)) return;
      await pause(outcome?.error.retryAfterMs ?? RETRY_MS);
    }
  }
}

/** The pause before an attempt, as `backoffMs` of the page computes it. */
function pauseBefore(attempt: number): number {
  const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempt, 10));
  return longest * (0.5 + Math.random() / 2);
}

function isPassing(code: string): boolean {
  if (code === 'lost' || code === 'network_unreachable') return true;
  return Object.hasOwn(ERRORS, code) && ERRORS[code as keyof typeof ERRORS].retryable;
}
