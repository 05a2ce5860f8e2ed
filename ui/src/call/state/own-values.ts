import type { RequestInput, RequestName } from '@parley/proto';
import type { CallFailure } from '../base/call-failure.ts';
import { callPreferences } from '../devices/call-preferences.ts';
import { DesiredValue, type DesiredState } from './desired-value.ts';

type Ask = <N extends RequestName>(name: N, input: RequestInput<N>) => Promise<unknown>;

type NameOptions = {
  ask: Ask;
  onChanged: (rename: DesiredState<string>) => void;
  onRefused: (failure: CallFailure) => void;
};

/** The name that others see of this person. */
export function ownName(initial: string, { ask, onChanged, onRefused }: NameOptions): DesiredValue<string> {
  const name: DesiredValue<string> = new DesiredValue({
    initial,
    send: (displayName) => ask('peer:set-profile', { displayName }),
    onChanged: () => {
      const rename = name.state;
      if (rename.status === 'kept') callPreferences.save({ displayName: rename.value });
      if (rename.status === 'refused') onRefused(rename.failure);
      onChanged(rename);
    },
  });
  return name;
}

/** Whether the hand of this person is up. */
export function ownHand(ask: Ask, onRefused: (failure: CallFailure) => void): DesiredValue<boolean> {
  const hand: DesiredValue<boolean> = new DesiredValue({
    initial: false,
    send: (raised) => ask('peer:set-hand', { raised }),
    onChanged: () => {
      if (hand.state.status === 'refused') onRefused(hand.state.failure);
    },
  });
  return hand;
}
