/** One or two letters that stand for a name. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/[\s_.-]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = words[0];
  if (first === undefined) return firstCharacter(name.trim()) || '?';
  const last = words.length > 1 ? words.at(-1) : undefined;
  return (firstLetter(first) + (last === undefined ? '' : firstLetter(last))).toLocaleUpperCase();
}

/** The hue of a name, 0 to 359. The same name has the same hue everywhere. */
export function nameHue(name: string): number {
  let hash = 2166136261;
  for (const character of name.normalize('NFC').toLocaleLowerCase()) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619);
  }
  return (hash >>> 0) % 360;
}

function firstLetter(word: string): string {
  return /[\p{L}\p{N}]/u.exec(word)?.[0] ?? '';
}

function firstCharacter(text: string): string {
  const first = new Intl.Segmenter().segment(text)[Symbol.iterator]().next();
  return first.done === true ? '' : first.value.segment;
}
