import type { RequestName } from '@parley/proto/requests';
import type { RoomInfo } from '@parley/proto/rest';
import { asFailure, CallFailure } from './base/call-failure.ts';
import type { LocalMedia } from './devices/local-media.ts';
import type { SignalingClientOptions } from './signaling/signaling-client-options.ts';
import type { SignalingClient } from './signaling/signaling-client.ts';
import type { CallState } from './state/call-state.ts';
import { DoorWatch } from './state/door-watch.ts';

type DoorwayOptions = {
  /** Asks for what anybody may know of the room. Rejects with CallFailure. */
  look: () => Promise<RoomInfo>;
  signaling: () => SignalingClient;
  devices: () => LocalMedia;
  onChanged: (patch: Partial<Pick<CallState, 'phase' | 'door'>>) => void;
  /** Nobody is let in any more. */
  onOver: (failure: CallFailure) => void;
  onFailed: (failure: CallFailure, name: RequestName) => void;
};

/** The way into the room: waiting before it, and what becomes of another device of the same person that is in it. */
export class Doorway {
  /** What the signaling client reports of the door. */
  readonly listeners: Pick<SignalingClientOptions, 'onElsewhere' | 'onWaiting' | 'onWaitingLost'>;
  readonly #options: DoorwayOptions;
  readonly #watch: DoorWatch;
  /** The person goes on here and ends the other device; whether the microphone was on when they chose so. */
  #moving: { microphoneOn: boolean } | null = null;
  /** Whether the person has to choose what becomes of the other device. */
  #asking = false;
  #closed = false;

  constructor(options: DoorwayOptions) {
    const { look, onChanged, onOver } = options;
    this.#options = options;
    this.#watch = new DoorWatch({
      look,
      onChanged: (door) => onChanged({ door }),
      onOver: (code) => onOver(new CallFailure(code)),
    });
    this.listeners = {
      onElsewhere: () => {
        this.#asking = true;
        onChanged({ phase: 'elsewhere' });
      },
      onWaiting: () => {
        onChanged({ phase: 'waiting' });
        this.#watch.start();
      },
      onWaitingLost: () => this.#watch.lose(),
    };
  }

  /**
   * For the phase `elsewhere`: joins as well, or goes on here and ends the other device. Until that is done the microphone is off,
   * because the person may be muted there.
   */
  goOn(how: 'add' | 'move'): void {
    if (!this.#asking || this.#closed) return;
    this.#asking = false;
    const { onChanged, devices, signaling } = this.#options;
    onChanged({ phase: 'joining' });
    if (how === 'move') {
      const { microphone } = devices();
      this.#moving = { microphoneOn: microphone.on };
      void microphone.set(false).catch(() => undefined);
    }
    signaling().goOn();
  }

  /** Ends the other devices if the person chose so. Somebody who was muted there is muted here. Never rejects. */
  async handleJoined(): Promise<void> {
    this.#watch.close();
    const moving = this.#moving;
    this.#moving = null;
    if (moving === null) return;
    const { signaling, devices, onFailed } = this.#options;
    try {
      const { microphoneOn } = await signaling().requestUntilDone('room:move-here', {}, () => !this.#closed);
      if (microphoneOn && moving.microphoneOn && !this.#closed) await devices().setMicrophone(true);
    } catch (error) {
      if (!this.#closed) onFailed(asFailure(error), 'room:move-here');
    }
  }

  close(): void {
    this.#closed = true;
    this.#watch.close();
  }
}
