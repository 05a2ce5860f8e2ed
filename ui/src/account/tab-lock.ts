import { pause } from '../call/base/time/deadline.ts';
import { newUuid } from '../call/base/ids.ts';
import { StoredRecord } from '../call/base/stored-record.ts';

/** Longer than a request may take. A tab that the browser has frozen does not keep the others waiting for longer. */
const WAIT_MAX_MS = 12_000;
const LOOK_AGAIN_MS = 50;
/** Two tabs that write a lease at the same moment both read the later one after this time. */
const SETTLED_MS = 60;

type Lease = { owner: string; endsAt: number };

type TabLockOptions = {
  /** Undefined where the browser has none: it gives them to secure pages only, and people use Parley on others too. */
  locks: () => LockManager | undefined;
  storage?: () => Storage;
};

/** Lets one tab of this browser at a time do something. After `WAIT_MAX_MS` a tab goes on without the lock. */
export class TabLock {
  readonly #name: string;
  readonly #locks: TabLockOptions['locks'];
  readonly #lease: StoredRecord<Lease>;

  constructor(name: string, { locks, storage }: TabLockOptions) {
    this.#name = name;
    this.#locks = locks;
    this.#lease = new StoredRecord<Lease>(
      `${name}.lease`,
      ({ owner, endsAt }) => ({
        owner: typeof owner === 'string' ? owner : '',
        endsAt: typeof endsAt === 'number' ? endsAt : 0,
      }),
      storage,
    );
  }

  /** Rejects with the error of `work` only. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const locks = this.#locks();
    return locks === undefined ? this.#runWithLease(work) : this.#runWithLock(locks, work);
  }

  async #runWithLock<T>(locks: LockManager, work: () => Promise<T>): Promise<T> {
    const waiting = new AbortController();
    const timer = setTimeout(() => waiting.abort(), WAIT_MAX_MS);
    const working: { result?: Promise<T> } = {};
    const held = locks.request(this.#name, { signal: waiting.signal }, () => {
      clearTimeout(timer);
      working.result = work();
      return working.result;
    });
    try {
      return await held;
    } catch (error) {
      // Without a result the wait was too long, or the browser refuses locks here.
      if (working.result !== undefined) throw error;
      clearTimeout(timer);
      return work();
    }
  }

  async #runWithLease<T>(work: () => Promise<T>): Promise<T> {
    const owner = newUuid();
    const giveUpAt = Date.now() + WAIT_MAX_MS;
    while (Date.now() < giveUpAt && !(await this.#takeLease(owner))) await pause(LOOK_AGAIN_MS);
    try {
      return await work();
    } finally {
      if (this.#lease.load().owner === owner) this.#lease.save({ owner: '', endsAt: 0 });
    }
  }

  async #takeLease(owner: string): Promise<boolean> {
    const held = this.#lease.load();
    // A lease of a clock that was changed since must not last for days.
    const isHeld = held.endsAt > Date.now() && held.endsAt <= Date.now() + WAIT_MAX_MS;
    if (isHeld && held.owner !== owner) return false;
    this.#lease.save({ owner, endsAt: Date.now() + WAIT_MAX_MS });
    await pause(SETTLED_MS);
    const { owner: now } = this.#lease.load();
    // Where nothing can be stored there is no other tab to wait for that could be known.
    return now === owner || now === '';
  }
}
