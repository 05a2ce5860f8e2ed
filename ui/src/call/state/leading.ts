import type {
  Notification,
  PeerId,
  RequestInput,
  RequestName,
  RequestResult,
  Role,
  WaitingPerson,
} from '@parley/proto';
import { asFailure, type CallFailure } from '../base/call-failure.ts';

export type LeadingOptions = {
  request: <N extends RequestName>(name: N, input: RequestInput<N>) => Promise<RequestResult<N>>;
  onChanged: () => void;
  onFailed: (failure: CallFailure, name: RequestName) => void;
};

/**
 * What a person may do who leads the call, and the people who wait before it. Each command resolves with whether the server did it;
 * a failure is reported, and changes nothing.
 */
export class Leading {
  readonly #options: LeadingOptions;
  #waiting: readonly WaitingPerson[] = [];
  #version = 0;

  constructor(options: LeadingOptions) {
    this.#options = options;
  }

  /** In the order of knocking. Empty for those who may not admit. */
  get waiting(): readonly WaitingPerson[] {
    return this.#waiting;
  }

  handleWaiting({ version, waiting }: Notification<'waiting:changed'>): void {
    if (version < this.#version) return;
    this.#version = version;
    this.#waiting = waiting;
    this.#options.onChanged();
  }

  /** The person may no longer admit: the list is not theirs to see. */
  forgetWaiting(): void {
    if (this.#waiting.length === 0) return;
    this.#waiting = [];
    this.#options.onChanged();
  }

  admit(...peerIds: PeerId[]): Promise<boolean> {
    return this.#do('door:admit', { peerIds });
  }

  admitAll(): Promise<boolean> {
    return this.#do('door:admit-all', {});
  }

  deny(peerId: PeerId): Promise<boolean> {
    return this.#do('door:deny', { peerId });
  }

  mute(peerId: PeerId): Promise<boolean> {
    return this.#do('peer:mute', { peerId });
  }

  askToUnmute(peerId: PeerId): Promise<boolean> {
    return this.#do('peer:ask-to-unmute', { peerId });
  }

  stop(peerId: PeerId, source: 'camera' | 'screen'): Promise<boolean> {
    return this.#do('peer:stop', { peerId, source });
  }

  lowerHand(peerId: PeerId): Promise<boolean> {
    return this.#do('peer:lower-hand', { peerId });
  }

  lowerHands(): Promise<boolean> {
    return this.#do('room:lower-hands', {});
  }

  setRole(peerId: PeerId, role: Exclude<Role, 'owner'>): Promise<boolean> {
    return this.#do('peer:set-role', { peerId, role });
  }

  handOver(peerId: PeerId): Promise<boolean> {
    return this.#do('room:hand-over', { peerId });
  }

  remove(peerId: PeerId): Promise<boolean> {
    return this.#do('peer:remove', { peerId });
  }

  muteAll(): Promise<boolean> {
    return this.#do('room:mute-all', {});
  }

  endCall(): Promise<boolean> {
    return this.#do('room:end-call', {});
  }

  async #do<N extends RequestName>(name: N, input: RequestInput<N>): Promise<boolean> {
    try {
      await this.#options.request(name, input);
      return true;
    } catch (error) {
      this.#options.onFailed(asFailure(error), name);
      return false;
    }
  }
}
