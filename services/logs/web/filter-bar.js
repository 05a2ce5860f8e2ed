import { byId, make } from './dom.js';
import { FILTER_NAMES } from './selection.js';
import { visible } from './visible.js';
import { localFieldValue } from './words.js';

/** @import { Sources } from './wire-types.js' */
/** @import { Filter } from './selection.js' */

const TYPING_MS = 350;
/** Offered even while they have no files, so that an operator can wait for their first line. */
const ALWAYS_OFFERED = ['browser', 'gateway', 'signaling', 'media'];

/** The search field and the filters. */
export class FilterBar {
  #form = byId('filters', HTMLFormElement);
  #last = byId('last', HTMLSelectElement);
  #more = byId('more-filters', HTMLButtonElement);
  #count = byId('filter-count', HTMLSpanElement);
  #onChange;
  /** @type {number | undefined} */
  #typing;

  /** @param {(filter: Filter) => void} onChange */
  constructor(onChange) {
    this.#onChange = onChange;
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#report();
    });
    this.#form.addEventListener('input', (event) => {
      const isTyped = event.target instanceof HTMLInputElement && event.target.type === 'search';
      clearTimeout(this.#typing);
      if (event.target !== this.#last)
        this.#typing = setTimeout(() => this.#report(), isTyped ? TYPING_MS : 0);
    });
    this.#last.addEventListener('change', () => this.#setLast());
    this.#more.addEventListener('click', () => {
      this.#more.setAttribute('aria-expanded', String(this.#more.getAttribute('aria-expanded') === 'false'));
    });
    byId('clear', HTMLButtonElement).addEventListener('click', () => this.clear());
  }

  /** @param {Filter} filter */
  show(filter) {
    for (const name of FILTER_NAMES) {
      const field = this.#field(name);
      const value = filter[name] ?? '';
      if (field instanceof HTMLSelectElement) offer(field, value);
      if (document.activeElement !== field || filter[name] === undefined) {
        field.value = isTime(name) && value !== '' ? localFieldValue(Number(value)) : value;
      }
    }
    this.#mark();
  }

  /** @param {Sources} sources */
  offerSources({ services }) {
    const names = new Set([...ALWAYS_OFFERED, ...services.map(({ name }) => name)]);
    for (const name of names) offer(this.#field('service'), name);
    for (const instance of services.flatMap(({ instances }) => instances))
      offer(this.#field('instance'), instance);
  }

  clear() {
    this.#form.reset();
    this.#report();
  }

  focus() {
    this.#field('q').focus();
  }

  #report() {
    clearTimeout(this.#typing);
    this.#mark();
    this.#onChange(this.#read());
  }

  /** @returns {Filter} */
  #read() {
    /** @type {Filter} */
    const filter = {};
    for (const name of FILTER_NAMES) {
      const text = this.#field(name).value.trim();
      const value = isTime(name) && text !== '' ? String(new Date(text).getTime()) : text;
      if (value !== '') filter[name] = value;
    }
    return filter;
  }

  #setLast() {
    const ms = Number(this.#last.value);
    this.#field('from').value = ms > 0 ? localFieldValue(Date.now() - ms) : '';
    this.#field('to').value = '';
    this.#report();
  }

  #mark() {
    let count = 0;
    for (const name of FILTER_NAMES) {
      const isSet = this.#field(name).value !== '';
      this.#field(name).classList.toggle('set', isSet);
      if (isSet && name !== 'q') count += 1;
    }
    this.#count.textContent = count > 0 ? `(${count})` : '';
  }

  /** @param {string} name */
  #field(name) {
    const field = this.#form.elements.namedItem(name);
    if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) return field;
    throw new TypeError(`the form has no ${name}`);
  }
}

/** @param {string} name */
function isTime(name) {
  return name === 'from' || name === 'to';
}

/**
 * @param {HTMLInputElement | HTMLSelectElement} field
 * @param {string} value
 */
function offer(field, value) {
  if (!(field instanceof HTMLSelectElement) || [...field.options].some((option) => option.value === value))
    return;
  const option = make('option', { text: visible(value) });
  option.value = value;
  field.append(option);
}
