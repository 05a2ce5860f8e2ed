import { byId } from './dom.js';
import { sizeWords } from './words.js';

/** @import { Progress } from './wire-types.js' */

/** Shows what the search does, how far it is, and a button that cancels it. */
export class StatusLine {
  #text = byId('status', HTMLParagraphElement);
  #progress = byId('progress', HTMLProgressElement);
  #cancel = byId('cancel', HTMLButtonElement);

  /** @param {() => void} onCancel */
  constructor(onCancel) {
    this.#cancel.addEventListener('click', onCancel);
  }

  begin() {
    this.#text.classList.remove('problem');
    this.#text.textContent = 'Searching…';
    this.#progress.removeAttribute('value');
    this.#show(true);
  }

  /** @param {Progress} progress */
  update({ searchedBytes, totalBytes }) {
    this.#text.textContent = `Searching… ${sizeWords(searchedBytes)} of ${sizeWords(totalBytes)}`;
    this.#progress.max = Math.max(1, totalBytes);
    this.#progress.value = searchedBytes;
  }

  /**
   * @param {string} words
   * @param {Progress} [progress]
   */
  end(words, progress) {
    const searched =
      progress && `searched ${sizeWords(progress.searchedBytes)} of ${sizeWords(progress.totalBytes)}`;
    this.#text.textContent = [words, searched].filter(Boolean).join(' · ');
    this.#show(false);
  }

  /** @param {string} words */
  fail(words) {
    this.#text.textContent = words;
    this.#text.classList.add('problem');
    this.#show(false);
  }

  /** @param {boolean} isBusy */
  #show(isBusy) {
    this.#progress.hidden = !isBusy;
    this.#cancel.hidden = !isBusy;
  }
}
