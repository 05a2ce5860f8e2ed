import type { ActKind, RoomSettingsChange } from '@parley/proto/room';
import type { PeerSession } from '../../peer/peer-session.ts';
import type { Parts } from '../parts.ts';

type CallRulesParts = Pick<Parts, 'store' | 'keeper' | 'acts'>;

/** Changes the settings of a room for somebody who leads its call. */
export class CallRules {
  readonly #parts: CallRulesParts;

  constructor(parts: CallRulesParts) {
    this.#parts = parts;
  }

  /** Rejects with `unavailable` if the change could not be stored, or does not reach the call. */
  async change(by: PeerSession, settings: RoomSettingsChange): Promise<void> {
    await this.#parts.keeper.change(by.code, { settings });
    this.#log(by, settings);
  }

  /** The log says which settings were changed, and never the passcode. */
  #log(by: PeerSession, { locked, ...others }: RoomSettingsChange): void {
    if (locked !== undefined) this.#add(by, locked ? 'locked' : 'unlocked', null);
    const names = Object.keys(others);
    if (names.length > 0) this.#add(by, 'settings-changed', names.join(' '));
  }

  #add(by: PeerSession, kind: ActKind, detail: string | null): void {
    const { acts, store } = this.#parts;
    const { record, identity } = by.peer;
    const person = { peerId: record.peerId, name: record.displayName, identity };
    acts.add({ code: by.code, kind, by: person, to: null, detail, doneAt: store.now() });
    by.logger.info({ kind, detail }, 'act done');
  }
}
