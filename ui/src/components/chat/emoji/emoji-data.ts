export type Emoji = { unicode: string; label: string; tags?: readonly string[]; order?: number };

/** The server knows no newer emoji than its runtime, and the letters of flags are none. */
const EMOJI = new RegExp('^\\p{RGI_Emoji}$', 'v');

type Data = { default: unknown };

/** Names of emoji by language. There are none in Arabic: the English ones stand in. */
const SOURCES: Readonly<Record<string, () => Promise<Data>>> = {
  en: () => import('emojibase-data/en/compact.json'),
  de: () => import('emojibase-data/de/compact.json'),
  fr: () => import('emojibase-data/fr/compact.json'),
  es: () => import('emojibase-data/es/compact.json'),
};

/** All emoji in their usual order, with names in the language; none if they cannot be loaded. */
export async function loadEmoji(locale: string): Promise<readonly Emoji[]> {
  const load = SOURCES[locale.split('-')[0] ?? ''] ?? SOURCES['en'];
  try {
    const loaded = (await load?.()) as { default: readonly Emoji[] } | undefined;
    return (loaded?.default ?? [])
      .filter(({ unicode, order }) => order !== undefined && EMOJI.test(unicode))
      .toSorted((a, b) => (a.order ?? 0) - (b.order ?? 0));
  } catch {
    return [];
  }
}

/** The emoji whose name and tags together have every word of the text. */
export function searchEmoji(all: readonly Emoji[], text: string, locale: string): readonly Emoji[] {
  const words = text.toLocaleLowerCase(locale).split(/\s+/).filter(Boolean);
  if (words.length === 0) return all;
  return all.filter(({ label, tags = [], unicode }) => {
    const known = [label, ...tags].join(' ').toLocaleLowerCase(locale);
    return unicode === text.trim() || words.every((word) => known.includes(word));
  });
}
