import process from 'node:process';

const SPARSE_PROGRESS_MS = 10_000;

/** @param {number} ms */
export function seconds(ms) {
  return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
}

/** Reports the steps of a set-up at the terminal: title, progress, duration. */
export class Steps {
  #out;
  #isTty;
  #progressShown = false;
  #lastProgressAt = 0;

  /** @param {NodeJS.WritableStream & { isTTY?: boolean }} [out] */
  constructor(out = process.stdout) {
    this.#out = out;
    this.#isTty = out.isTTY === true;
  }

  /** @param {string} line */
  say(line) {
    this.#clearProgress();
    this.#out.write(`${line}\n`);
  }

  /**
   * Updates one line on a terminal. Elsewhere, writes a line at most every ten seconds.
   *
   * @param {string} label
   * @param {number} done
   * @param {number} total
   */
  progress(label, done, total) {
    const line = `  ${label}: ${done} of ${total}`;
    if (this.#isTty) {
      this.#out.write(`\r\x1b[2K${line}`);
      this.#progressShown = true;
      return;
    }
    const now = Date.now();
    if (done < total && now - this.#lastProgressAt < SPARSE_PROGRESS_MS) return;
    this.#lastProgressAt = now;
    this.#out.write(`${line}\n`);
  }

  /**
   * Runs one step, with a line before it and a line with its duration after it.
   *
   * @template T
   * @param {string} title
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  async run(title, work) {
    this.say(`${title} …`);
    const startedAt = Date.now();
    const result = await work();
    this.say(`  done in ${seconds(Date.now() - startedAt)}`);
    return result;
  }

  #clearProgress() {
    if (!this.#progressShown) return;
    this.#out.write('\r\x1b[2K');
    this.#progressShown = false;
  }
}
