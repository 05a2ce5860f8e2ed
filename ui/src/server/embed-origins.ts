const ORIGIN = /^https?:\/\/(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?$/i;

/** The origins in EMBED_ORIGINS whose pages may show ours in a frame. Throws an Error that names each word that is no origin. */
export function embedOrigins(text = ''): string[] {
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  const wrong = words.filter((word) => !ORIGIN.test(word));
  if (wrong.length > 0)
    throw new Error(`must be origins such as https://www.example.org, not "${wrong.join('", "')}"`);
  return words;
}
