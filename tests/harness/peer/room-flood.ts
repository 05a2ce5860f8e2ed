import { setTimeout as delay } from 'node:timers/promises';
import type { RequestName, RequestResult } from '@parley/proto/requests';
import type { ChatMessage } from '@parley/proto/room';
import { CHAT_TEXT_MAX } from '@parley/proto/text';
import type { RawPeer } from './raw-peer.ts';

/** Ten people may together send what a room lets through, and not more than an address may bring into a room. */
const GUESTS = 10;
/** Each guest may send two of a kind in a second. */
const TURN_MS = 500 / GUESTS;
/** Each guest may send so many of a kind at once. */
const AT_ONCE = 10;
const LINE = 'x'.repeat(40);

/** Guests who send into one room what it lets through and more: messages of the greatest length, reactions, names, hands. */
export class RoomFlood {
  readonly #guests: readonly RawPeer[];
  #turn = 0;
  /** The messages to all that the server took. */
  readonly messages: ChatMessage[] = [];
  /** How many of the requests of each kind the server took, messages apart. */
  readonly taken = { 'peer:react': 0, 'peer:set-profile': 0, 'peer:set-hand': 0 };

  /** @param join Brings one guest into the room. */
  static async begin(join: (name: string) => Promise<RawPeer>): Promise<RoomFlood> {
    const guests: RawPeer[] = [];
    for (let number = 1; number <= GUESTS; number += 1) guests.push(await join(`Guest ${number}`));
    // The guests hear each other, and what they hear does not matter.
    for (const { socket } of guests) socket.offAny();
    return new RoomFlood(guests);
  }

  private constructor(guests: readonly RawPeer[]) {
    this.#guests = guests;
  }

  /** Everything that every guest may send at once. */
  async burst(): Promise<void> {
    await Promise.all(Array.from({ length: AT_ONCE * GUESTS }, () => this.#sendOfEach()));
  }

  /** Sends as much as the room takes for long: twenty turns in a second, and one of each kind in a turn. */
  async steady(turns: number): Promise<void> {
    const sending: Promise<void>[] = [];
    for (let turn = 0; turn < turns; turn += 1) {
      sending.push(this.#sendOfEach());
      await delay(TURN_MS);
    }
    await Promise.all(sending);
  }

  /** How much the server took of everything. */
  get total(): number {
    return Object.values(this.taken).reduce((sum, count) => sum + count, this.messages.length);
  }

  close(): void {
    for (const { socket } of this.#guests) socket.close();
  }

  /** The next guest sends one of each kind. */
  async #sendOfEach(): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const guest = this.#guests[turn % GUESTS]!;
    const round = Math.floor(turn / GUESTS);
    const text = `#${turn} ${LINE.repeat(50)}`.slice(0, CHAT_TEXT_MAX);
    const clientMessageId = crypto.randomUUID();
    await Promise.all([
      this.#send(guest, 'chat:send', { clientMessageId, toPeerId: null, text }),
      this.#send(guest, 'peer:react', { reaction: 'clap' }),
      this.#send(guest, 'peer:set-profile', { displayName: `Guest ${turn % GUESTS} ${round}` }),
      this.#send(guest, 'peer:set-hand', { raised: round % 2 === 0 }),
    ]);
  }

  async #send(
    guest: RawPeer,
    name: RequestName & ('chat:send' | keyof RoomFlood['taken']),
    payload: unknown,
  ): Promise<void> {
    // What is not answered in time was not taken, as far as a guest knows.
    const outcome = await guest.attempt(name, payload).catch(() => null);
    if (outcome === null || !outcome.ok) return;
    if (name === 'chat:send') this.messages.push((outcome.data as RequestResult<'chat:send'>).message);
    else this.taken[name] += 1;
  }
}
