'use client';

import { useEffect, useState } from 'react';
import { loadAccountOptions, type AccountOptions } from '../account/account-options.ts';
import { awaitAnswer } from '../call/base/answer.ts';
import type { CallError } from '../call/base/call-failure.ts';

export type AccountOptionsState = { options: AccountOptions | null; error: CallError | null };

/** What the server says about accounts. It is asked until it answers, and `error` says what is wrong meanwhile. */
export function useAccountOptions(): AccountOptionsState {
  const [state, setState] = useState<AccountOptionsState>({ options: null, error: null });
  useEffect(
    () =>
      awaitAnswer({
        ask: loadAccountOptions,
        onAnswer: (options) => setState({ options, error: null }),
        onFailure: (failure) => setState({ options: null, error: failure.toError() }),
      }),
    [],
  );
  return state;
}
