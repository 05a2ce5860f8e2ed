'use client';

import { useState } from 'react';
import { asFailure, type CallError } from '../call/base/call-failure.ts';

export type Submission = {
  busy: boolean;
  error: CallError | null;
  /** Does nothing while another one is on its way. Resolves with whether it went well. */
  submit: (work: () => Promise<void>) => Promise<boolean>;
  forget: () => void;
};

/** A form on its way to the server, and why it was refused. */
export function useSubmission(): Submission {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<CallError | null>(null);
  const submit = async (work: () => Promise<void>) => {
    if (busy) return false;
    setBusy(true);
    setError(null);
    try {
      await work();
      return true;
    } catch (failure) {
      setError(asFailure(failure).toError());
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, submit, forget: () => setError(null) };
}
