import type { RequestInput, RequestName } from '@parley/proto/requests';
import type { PeerRecord } from '@parley/proto/room';
import type { CallFailure } from '../base/call-failure.ts';
import { callPreferences } from '../devices/call-preferences.ts';
import { DesiredValue, type DesiredState } from './desired-value.ts';

type OwnValuesOptions = {
  ask: <N extends RequestName>(name: N, input: RequestInput<N>) => Promise<unknown>;
  onRenamed: (rename: DesiredState<string>) => void;
  onNameRefused: (failure: CallFailure) => void;
  onHandRefused: (failure: CallFailure) => void;
};

/** What this person decides of their own record: the name that others see, and whether the hand is up. */
export class OwnValues {
  readonly name: DesiredValue<string>;
  readonly hand: DesiredValue<boolean>;

  constructor(displayName: string, { ask, onRenamed, onNameRefused, onHandRefused }: OwnValuesOptions) {
    this.name = new DesiredValue({
      initial: displayName,
      send: (name) => ask('peer:set-profile', { displayName: name }),
      onChanged: () => {
        const rename = this.name.state;
        if (rename.status === 'kept') callPreferences.save({ displayName: rename.value });
        if (rename.status === 'refused') onNameRefused(rename.failure);
        onRenamed(rename);
      },
    });
    this.hand = new DesiredValue({
      initial: false,
      send: (raised) => ask('peer:set-hand', { raised }),
      onChanged: () => {
        if (this.hand.state.status === 'refused') onHandRefused(this.hand.state.failure);
      },
    });
  }

  /** The page was loaded again, and knows less of this person than the server. */
  adopt({ handRaisedAt, displayName }: PeerRecord): void {
    this.hand.adopt(handRaisedAt !== null);
    this.name.adopt(displayName);
  }

  /** What the server has of this person. */
  reconcile({ handRaisedAt, displayName }: PeerRecord): void {
    this.hand.reconcile(handRaisedAt !== null);
    // Nobody else changes the name, but the server may write it in another way.
    if (this.name.state.status === 'sending') this.name.reconcile(displayName);
  }

  close(): void {
    this.name.close();
    this.hand.close();
  }
}
