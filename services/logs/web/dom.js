/**
 * Finds an element that the page always has.
 *
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
export function byId(id, type) {
  const element = document.querySelector(`#${id}`);
  if (!(element instanceof type)) throw new TypeError(`the page has no ${id}`);
  return element;
}

/**
 * Makes an element. Text is never read as markup.
 *
 * @template {keyof HTMLElementTagNameMap} N
 * @param {N} name
 * @param {Partial<{ class: string, title: string, text: string, type: string, tabIndex: number }>} [options]
 * @param {readonly Node[]} [children]
 * @returns {HTMLElementTagNameMap[N]}
 */
export function make(name, options = {}, children = []) {
  const element = document.createElement(name);
  if (options.class !== undefined) element.className = options.class;
  if (options.title !== undefined) element.title = options.title;
  if (options.text !== undefined) element.textContent = options.text;
  if (options.type !== undefined) element.setAttribute('type', options.type);
  if (options.tabIndex !== undefined) element.tabIndex = options.tabIndex;
  element.append(...children);
  return element;
}

/**
 * @param {string} text
 * @param {() => void} onClick
 */
export function makeButton(text, onClick) {
  const button = make('button', { type: 'button', text });
  button.addEventListener('click', onClick);
  return button;
}
