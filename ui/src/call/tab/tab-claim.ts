import { within } from '../base/time/deadline.ts';

/** A page that goes away has let go within this time. */
const WAIT_MS = 1_000;
/** A page that has a claim answers within this time, also on a slow machine, unless it is frozen. */
const ANSWER_MS = 500;

const CHANNEL = 'parley.claim';

type Message = { type: 'asked' | 'taken'; id: string };

/** What a browser has to let one page at a time claim something. It gives locks to secure pages only. */
export type ClaimTools = {
  locks: () => LockManager | undefined;
  channel: () => BroadcastChannel | undefined;
};

const BROWSER: ClaimTools = {
  locks: () => navigator.locks,
  channel: () => (typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(CHANNEL)),
};

/** Lets one page of this browser at a time go on with a call. It ends with the page, also with one that crashes. */
export class TabClaim {
  readonly #release: () => void;

  /** For a call that begins: nobody else knows its id. Resolves with null if this browser has nothing to claim with. Never rejects. */
  static async begin(id: string, tools: ClaimTools = BROWSER): Promise<TabClaim | null> {
    const release = await lockOf(tools, id, { ifAvailable: true });
    if (release !== 'refused') return release === 'taken' ? null : new TabClaim(release);
    const channel = tools.channel();
    return channel === undefined ? null : new TabClaim(answerQuestions(channel, id));
  }

  /** For the call of the page before this one. Resolves with null if another page has it, or if this browser cannot find that out. Never rejects. */
  static async take(id: string, tools: ClaimTools = BROWSER): Promise<TabClaim | null> {
    // A page that goes away may have the lock for a moment yet.
    let release = await lockOf(tools, id, { ifAvailable: true });
    if (release === 'taken') release = await lockOf(tools, id, { signal: AbortSignal.timeout(WAIT_MS) });
    if (release !== 'refused') return release === 'taken' ? null : new TabClaim(release);
    const channel = tools.channel();
    if (channel === undefined) return null;
    if (await isAnswered(channel, id)) {
      channel.close();
      return null;
    }
    return new TabClaim(answerQuestions(channel, id));
  }

  private constructor(release: () => void) {
    this.#release = release;
  }

  release(): void {
    this.#release();
  }
}

/** Resolves with the function that lets go; `taken`: another page has it; `refused`: the browser gives no locks here. */
async function lockOf(
  tools: ClaimTools,
  id: string,
  options: LockOptions,
): Promise<(() => void) | 'taken' | 'refused'> {
  const locks = tools.locks();
  if (locks === undefined) return 'refused';
  const kept = Promise.withResolvers<void>();
  try {
    const isGiven = await new Promise<boolean>((resolve, reject) => {
      const request = locks.request(`${CHANNEL}.${id}`, options, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : kept.promise;
      });
      request.catch(reject);
    });
    return isGiven ? () => kept.resolve() : 'taken';
  } catch {
    return options.signal?.aborted === true ? 'taken' : 'refused';
  }
}

/** Asks the other pages whether one of them has it. */
async function isAnswered(channel: BroadcastChannel, id: string): Promise<boolean> {
  const answered = Promise.withResolvers<true>();
  channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if (data.type === 'taken' && data.id === id) answered.resolve(true);
  });
  post(channel, { type: 'asked', id });
  return (await within(ANSWER_MS, answered.promise)) !== null;
}

/** Two pages that ask in the same moment may both get it. Returns the function that lets go. */
function answerQuestions(channel: BroadcastChannel, id: string): () => void {
  channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if (data.type === 'asked' && data.id === id) post(channel, { type: 'taken', id });
  });
  return () => channel.close();
}

function post(channel: BroadcastChannel, message: Message): void {
  // Only windows take a target. A channel reaches pages of this origin alone.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  channel.postMessage(message);
}
