import { backoffMs } from './time/backoff.ts';
import { asFailure, type CallFailure } from './call-failure.ts';
import { NETWORK_SIGNS } from './network-return.ts';

const PAUSES = { firstMs: 1_000, maxMs: 10_000 };

export type AnswerOptions<T> = {
  /** Rejects with CallFailure. */
  ask: () => Promise<T>;
  onAnswer: (answer: T) => void;
  /** Called for a failure that stays, and for one that may pass if the attempt before failed as well. */
  onFailure: (failure: CallFailure) => void;
  signs?: EventTarget;
  pauseMs?: (attempt: number) => number;
};

/**
 * Asks until there is an answer, or a failure that a further attempt would not change. One failure that may pass is not
 * worth a word. Returns a function that ends the attempts.
 */
export function awaitAnswer<T>(options: AnswerOptions<T>): () => void {
  const { ask, onAnswer, onFailure, signs = window } = options;
  const { pauseMs = (attempt: number) => backoffMs(attempt, PAUSES) } = options;
  let ended = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const end = (): void => {
    ended = true;
    clearTimeout(timer);
    for (const sign of NETWORK_SIGNS) signs.removeEventListener(sign, askNow);
  };
  const askOnce = async (): Promise<void> => {
    timer = undefined;
    try {
      const answer = await ask();
      if (ended) return;
      end();
      onAnswer(answer);
    } catch (error) {
      if (!ended) fail(asFailure(error));
    }
  };
  const fail = (failure: CallFailure): void => {
    if (!failure.retryable) end();
    else timer = setTimeout(() => void askOnce(), pauseMs(failures));
    failures += 1;
    if (ended || failures > 1) onFailure(failure);
  };
  /** Without effect while an attempt is on its way. */
  const askNow = (): void => {
    if (timer === undefined) return;
    clearTimeout(timer);
    void askOnce();
  };
  for (const sign of NETWORK_SIGNS) signs.addEventListener(sign, askNow);
  void askOnce();
  return end;
}
