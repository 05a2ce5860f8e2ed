import { waitFor } from '@parley/common/testing';
import { atMost, mustBe, type Finding } from '../../attack/frame/attack.ts';
import { callRoute } from '../../tests/harness/peer/rest-client.ts';
import { LastingPeer } from '../../tests/harness/peer/lasting-peer.ts';
import { Line } from './line.ts';

/** Packets of sound come each 20 ms. A pause that is no longer is one of this machine and no gap. */
const NO_GAP_MS = 250;
/** What was under way when a mute was acknowledged may still arrive. */
const SILENT_MS = 500;

/**
 * Four clients without a browser in a room of their own. One speaks, one hears that. One is muted and sends sound all the same, and the last would hear
 * it if anything came through.
 */
export class Quartet {
  readonly speaker: LastingPeer;
  readonly listener: LastingPeer;
  readonly muted: LastingPeer;
  readonly witness: LastingPeer;
  readonly #voice: Line;
  readonly #leak: Line;
  #leakedBefore = 0;

  static async join(origin: string): Promise<Quartet> {
    const { code } = await callRoute(origin, 'createRoom', { body: {} });
    const join = (name: string): Promise<LastingPeer> => LastingPeer.join(origin, code, name);
    const quartet = new Quartet(
      await join('Speaker'),
      await join('Listener'),
      await join('Muted'),
      await join('Witness'),
    );
    await quartet.#begin();
    return quartet;
  }

  private constructor(speaker: LastingPeer, listener: LastingPeer, muted: LastingPeer, witness: LastingPeer) {
    this.speaker = speaker;
    this.listener = listener;
    this.muted = muted;
    this.witness = witness;
    this.#voice = new Line(speaker, listener);
    this.#leak = new Line(muted, witness);
  }

  get peers(): readonly LastingPeer[] {
    return [this.speaker, this.listener, this.muted, this.witness];
  }

  /** The media port that the room uses now. */
  get mediaPort(): number {
    return this.speaker.transports.send.iceCandidates[0]?.port ?? 0;
  }

  /** Begins to measure. */
  watch(): void {
    for (const peer of this.peers) peer.departures.length = 0;
    this.#voice.watch();
  }

  gap(barMs: number): Finding {
    return atMost('longest pause of a voice elsewhere', Math.round(this.#voice.longestGapMs), barMs, 'ms');
  }

  noGap(): Finding {
    return this.gap(NO_GAP_MS);
  }

  /** Checks the quartet after each fault. The voice is heard, so that the silence of the muted person says something. */
  async afterwards(): Promise<Finding[]> {
    const { received } = this.#voice;
    await waitFor(() => this.#voice.received > received + 10, { timeoutMs: 10_000 }).catch(() => undefined);
    return [
      mustBe('a voice elsewhere is heard', this.#voice.received > received + 10, true),
      mustBe('clients there that see the muted one muted', this.#seenMuted(), this.peers.length - 1),
      mustBe('packets of the muted one that came through', this.#leak.received - this.#leakedBefore, 0),
    ];
  }

  close(): void {
    this.#voice.close();
    this.#leak.close();
    for (const peer of this.peers) peer.close();
  }

  async #begin(): Promise<void> {
    for (const line of [this.#voice, this.#leak]) {
      await line.connect();
      await waitFor(() => line.received > 0, { what: 'sound to arrive' });
    }
    await this.#leak.mute();
    this.#leak.watch();
    await waitFor(() => this.#seenMuted() === this.peers.length - 1, { what: 'the mute to be shown' });
    await waitFor(() => this.#leak.longestGapMs > SILENT_MS, {
      what: 'the muted one to be silent',
      describe: () => this.#leak.longestGapMs,
    });
    this.#leakedBefore = this.#leak.received;
  }

  #seenMuted(): number {
    return this.peers.filter(({ roster }) => roster.get(this.muted.peerId)?.muted === true).length;
  }
}
