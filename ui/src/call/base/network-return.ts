import { asFailure, type CallError } from './call-failure.ts';

const ASK_EVERY_MS = 3_000;
/** What may come with a network that lets requests through: a cable, or a person who returns from the page of a hotel. */
export const NETWORK_SIGNS = ['online', 'focus'];

/** Whether the network in between refused, and not the server. */
export function isOfTheNetwork({ code }: Pick<CallError, 'code'>): boolean {
  return code === 'network_unreachable' || code === 'network_sign_in';
}

export type NetworkReturnOptions = {
  /** A request that does no harm. It rejects with CallFailure. */
  ask: () => Promise<unknown>;
  /** Called once, as soon as the server itself has answered. */
  onReturned: () => void;
  /** Whether this failure means that the wait goes on. Default: the network in between refused, or nothing answered in time. */
  isAway?: (failure: CallError) => boolean;
  signs?: EventTarget;
  everyMs?: number;
};

/** Waits until requests get through to the server. Returns a function that ends the wait. */
export function awaitNetwork(options: NetworkReturnOptions): () => void {
  const { ask, onReturned, isAway = isUnanswered, signs = window, everyMs } = options;
  let ended = false;
  let asking = false;
  const end = (): void => {
    ended = true;
    clearInterval(timer);
    for (const sign of NETWORK_SIGNS) signs.removeEventListener(sign, look);
  };
  const tryOnce = async (): Promise<void> => {
    asking = true;
    const reached = await reaches(ask, isAway);
    asking = false;
    if (!reached || ended) return;
    end();
    onReturned();
  };
  const look = (): void => {
    if (!asking) void tryOnce();
  };
  const timer = setInterval(look, everyMs ?? ASK_EVERY_MS);
  for (const sign of NETWORK_SIGNS) signs.addEventListener(sign, look);
  return end;
}

/** A refusal by the server is an answer of the server. */
function isUnanswered(failure: CallError): boolean {
  return isOfTheNetwork(failure) || failure.code === 'timeout';
}

/** Whether a part of the server is away. It comes back by itself. */
export function isOfTheServer({ code }: Pick<CallError, 'code'>): boolean {
  return code === 'unavailable' || code === 'timeout';
}

async function reaches(
  ask: () => Promise<unknown>,
  isAway: (failure: CallError) => boolean,
): Promise<boolean> {
  try {
    await ask();
    return true;
  } catch (error) {
    return !isAway(asFailure(error).toError());
  }
}
