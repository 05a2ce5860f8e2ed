import { EventEmitter } from 'node:events';
import type { PeerId, ProducerId } from '@parley/proto/ids';

/** A microphone as links report it. `open`: it was not muted and not closed. */
export type ReportedVoice = {
  readonly producerId: ProducerId;
  readonly peerId: PeerId;
  readonly open: boolean;
  readonly handRaised: boolean;
  /** For how long it has been open, as the clocks of nodes differ; 0 if it is not. */
  readonly openForMs: number;
};

type Microphone = {
  readonly id: ProducerId;
  readonly record: { readonly paused: boolean };
  on(event: 'resuming' | 'paused', listener: () => void): unknown;
};

type OpenVoice = { readonly peerId: PeerId; readonly routerId: string; readonly openedAtMs: number };

type OwnVoicesEvents = { changed: [routerId: string, ReportedVoice] };

/** The open microphones of a room on this node, by router, for links to report. */
export class OwnVoices extends EventEmitter<OwnVoicesEvents> {
  readonly #hasHandUp: (peerId: PeerId) => boolean;
  readonly #open = new Map<ProducerId, OpenVoice>();

  constructor(hasHandUp: (peerId: PeerId) => boolean) {
    super();
    this.#hasHandUp = hasHandUp;
    // Each link listens.
    this.setMaxListeners(0);
  }

  close(): void {
    this.#open.clear();
    this.removeAllListeners();
  }

  /** The open ones of a router. */
  of(routerId: string): ReportedVoice[] {
    return [...this.#open]
      .filter(([, voice]) => voice.routerId === routerId)
      .map(([producerId, voice]) => this.#report(producerId, voice, true));
  }

  add(peerId: PeerId, routerId: string, microphone: Microphone): void {
    const open = () => this.#change(microphone.id, { peerId, routerId, openedAtMs: performance.now() });
    microphone.on('resuming', open);
    microphone.on('paused', () => this.remove(microphone.id));
    if (!microphone.record.paused) open();
  }

  /** Call it when a producer was closed. */
  remove(producerId: ProducerId): void {
    const voice = this.#open.get(producerId);
    if (voice === undefined) return;
    this.#open.delete(producerId);
    this.emit('changed', voice.routerId, this.#report(producerId, voice, false));
  }

  /** Call it after a hand was raised or lowered. */
  handChanged(peerId: PeerId): void {
    for (const [producerId, voice] of this.#open)
      if (voice.peerId === peerId) this.#change(producerId, voice);
  }

  #change(producerId: ProducerId, voice: OpenVoice): void {
    this.#open.set(producerId, voice);
    this.emit('changed', voice.routerId, this.#report(producerId, voice, true));
  }

  #report(producerId: ProducerId, { peerId, openedAtMs }: OpenVoice, open: boolean): ReportedVoice {
    const openForMs = open ? Math.round(performance.now() - openedAtMs) : 0;
    return { producerId, peerId, open, handRaised: this.#hasHandUp(peerId), openForMs };
  }
}
