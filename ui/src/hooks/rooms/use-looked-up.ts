'use client';

import { useEffect, useEffectEvent, useState } from 'react';
import { awaitAnswer } from '../../call/base/answer.ts';
import type { CallError } from '../../call/base/call-failure.ts';

export type LookedUp<Found> =
  | { readonly status: 'loading' }
  | { readonly status: 'found'; readonly found: Found }
  | { readonly status: 'failed'; readonly error: CallError };

/**
 * What `ask` resolves with; it is asked again while that may help, and anew for another `key`, which names what it asks for. `ask` rejects
 * with CallFailure.
 */
export function useLookedUp<Found>(ask: (key: string) => Promise<Found>, key: string): LookedUp<Found> {
  const [state, setState] = useState<LookedUp<Found>>({ status: 'loading' });
  const askNow = useEffectEvent(ask);
  useEffect(
    () =>
      awaitAnswer({
        ask: () => askNow(key),
        onAnswer: (found) => setState({ status: 'found', found }),
        onFailure: (failure) => setState({ status: 'failed', error: failure.toError() }),
      }),
    [key],
  );
  return state;
}
