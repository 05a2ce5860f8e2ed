import type { PeerId } from '@parley/proto/ids';
import type { Notification, RequestInput, RequestName, RequestResult } from '@parley/proto/requests';
import type { PeerRecord, Role, RoomSettingsChange, WaitingPerson } from '@parley/proto/room';
import { asFailure, type CallFailure } from '../base/call-failure.ts';
import { shownNames } from './shown-names.ts';

/** Somebody before the door. `shownName` has a number where somebody else there or in the call has the same name. */
export type KnockingPerson = WaitingPerson & { shownName: string };

/** Later than any time of the contract. */
const AFTER_THOSE_INSIDE = 2 ** 52;

export type LeadingOptions = {
  request: <N extends RequestName>(name: N, input: RequestInput<N>) => Promise<RequestResult<N>>;
  onChanged: () => void;
  onFailed: (failure: CallFailure, name: RequestName) => void;
  /** This person has ended the call for everybody. */
  onEndedForAll: () => void;
};

/**
 * What a person may do who leads the call, and the people who wait before it. Each command resolves with whether the server did it;
 * a failure is reported, and changes nothing.
 */
export class Leading {
  readonly #options: LeadingOptions;
  #waiting: readonly WaitingPerson[] = [];
  #named: readonly KnockingPerson[] = [];
  #version = 0;

  constructor(options: LeadingOptions) {
    this.#options = options;
  }

  /**
   * The people who wait, in the order of knocking. The list is the same object until somebody comes, goes or is called otherwise. Empty for those
   * who may not admit.
   */
  namedApart(peers: ReadonlyMap<PeerId, PeerRecord>): readonly KnockingPerson[] {
    const outside = this.#waiting.map(({ peerId, displayName, knockedAt }) => ({
      peerId,
      displayName,
      // The people in the call keep their names, because they joined before.
      joinedAt: AFTER_THOSE_INSIDE + knockedAt,
      renamedAt: undefined,
    }));
    const names = outside.length === 0 ? null : shownNames([...peers.values(), ...outside]);
    const named = this.#waiting.map((person) => ({
      ...person,
      shownName: names?.get(person.peerId) ?? person.displayName,
    }));
    const isSame =
      named.length === this.#named.length && named.every((person, i) => isEqual(person, this.#named[i]));
    if (!isSame) this.#named = named;
    return this.#named;
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

  /** Denies and bans. */
  block(peerId: PeerId): Promise<boolean> {
    return this.#do('door:deny', { peerId, block: true });
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

  /** Keeps the person out from now on, and removes them. */
  ban(peerId: PeerId): Promise<boolean> {
    return this.#do('peer:ban', { peerId });
  }

  /** With `stayMuted` only those may unmute whom a host asks to. */
  muteAll({ stayMuted = false }: { stayMuted?: boolean } = {}): Promise<boolean> {
    return this.#do('room:mute-all', stayMuted ? { stayMuted } : {});
  }

  /** What is absent stays as it is. */
  changeSettings(settings: RoomSettingsChange): Promise<boolean> {
    return this.#do('room:change-settings', { settings });
  }

  /** Ends the call for everybody, this person included. */
  async endCall(): Promise<boolean> {
    const isDone = await this.#do('room:end-call', {});
    if (isDone) this.#options.onEndedForAll();
    return isDone;
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

function isEqual(a: KnockingPerson, b: KnockingPerson | undefined): boolean {
  return (
    b !== undefined &&
    a.peerId === b.peerId &&
    a.shownName === b.shownName &&
    a.connected === b.connected &&
    a.guest === b.guest
  );
}
