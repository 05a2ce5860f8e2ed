import { Pace } from '../../pace.ts';
import { LAYERS, VOICE } from '../rates.ts';
import type { Playing } from './commands.ts';
import type { Camera, Microphone } from './sources.ts';

const REPORTS_MS = 1_000;

/** Lets all microphones and cameras send, each evenly and all in turns. */
export class Player {
  readonly #microphones: readonly Microphone[];
  readonly #cameras: readonly Camera[];
  readonly #paces: Pace[] = [];
  #reports: NodeJS.Timeout | undefined;

  constructor(microphones: readonly Microphone[], cameras: readonly Camera[]) {
    this.#microphones = microphones;
    this.#cameras = cameras;
  }

  play({ voices, pictures, turnMs }: Playing): void {
    this.rest();
    const talkers = this.#microphones.filter(({ talks }) => talks);
    const speaks = (microphone: Microphone, nowMs: number): boolean => {
      if (!microphone.talks || turnMs === undefined) return microphone.talks;
      return talkers[Math.floor(nowMs / turnMs) % talkers.length] === microphone;
    };
    this.#pace(this.#microphones, VOICE.packetsPerSecond * voices, (microphone, nowMs) =>
      microphone.tick(nowMs, speaks(microphone, nowMs)),
    );
    for (const [layer, { packetsPerSecond }] of LAYERS.entries())
      this.#pace(this.#cameras, packetsPerSecond * pictures, (camera, nowMs) => camera.send(layer, nowMs));
    this.#reports = setInterval(() => this.#report(), REPORTS_MS);
  }

  rest(): void {
    clearInterval(this.#reports);
    for (const pace of this.#paces.splice(0)) pace.stop();
  }

  #pace<T>(senders: readonly T[], perSecond: number, send: (sender: T, nowMs: number) => void): void {
    if (senders.length === 0 || perSecond === 0) return;
    const pace = new Pace(senders.length, perSecond, (number) => {
      const sender = senders[number];
      if (sender !== undefined) send(sender, performance.now());
    });
    this.#paces.push(pace);
    pace.start();
  }

  #report(): void {
    for (const camera of this.#cameras) camera.report(performance.now());
  }
}
