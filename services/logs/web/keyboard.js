/**
 * @typedef {{
 *   search: () => void, move: (step: number) => void, trace: () => void, context: () => void, room: () => void,
 *   pause: () => void, clear: () => void, escape: () => void, help: () => void,
 * }} Commands
 */

/**
 * Binds the keys that the help lists. In a text field only Escape is bound.
 *
 * @param {Commands} commands
 */
export function bindKeys(commands) {
  /** @type {Readonly<Record<string, () => void>>} */
  const keys = {
    '/': commands.search,
    j: () => commands.move(1),
    ArrowDown: () => commands.move(1),
    k: () => commands.move(-1),
    ArrowUp: () => commands.move(-1),
    Home: () => commands.move(Number.NEGATIVE_INFINITY),
    End: () => commands.move(Number.POSITIVE_INFINITY),
    t: commands.trace,
    c: commands.context,
    r: commands.room,
    p: commands.pause,
    x: commands.clear,
    '?': commands.help,
  };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isInDialog(event.target)) return;
    // An input method uses the same keys. Safari says so only by the key code.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Escape') return commands.escape();
    const command = isField(event.target) ? undefined : keys[latinKey(event)];
    if (command === undefined) return;
    event.preventDefault();
    command();
  });
}

/**
 * The key that was pressed. On a keyboard of another script a letter counts by its place.
 *
 * @param {KeyboardEvent} event
 */
function latinKey({ key, code }) {
  const isForeign = /^\p{L}\p{M}*$/u.test(key) && !/^\p{Script=Latin}/u.test(key);
  return (isForeign && /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase()) || key;
}

/** @param {EventTarget | null} target */
function isField(target) {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
}

/** @param {EventTarget | null} target */
function isInDialog(target) {
  return target instanceof Element && target.closest('dialog[open]') !== null;
}
