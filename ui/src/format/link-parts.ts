/** A piece of a message: plain text, or a link that is safe to follow. */
export type TextPart = { kind: 'text'; text: string } | { kind: 'link'; text: string; href: string };

const URL_PATTERN = /https?:\/\/[^\s<>"'`]+/giu;
const TRAILING = /[.,;:!?*_~]+$/u;

/** Splits a message into text and http(s) links. Nothing else becomes a link, and nothing becomes markup. */
export function linkParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(URL_PATTERN)) {
    const written = trimUrl(match[0]);
    const href = safeHref(written);
    if (href === null) continue;
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) });
    parts.push({ kind: 'link', text: written, href });
    end = match.index + written.length;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}

/** Punctuation after an address belongs to the sentence, and so does a closing bracket without its opening one in the address. */
function trimUrl(url: string): string {
  const trimmed = url.replace(TRAILING, '');
  const unbalanced = trimmed.endsWith(')') && !trimmed.includes('(');
  return unbalanced ? trimUrl(trimmed.slice(0, -1)) : trimmed;
}

function safeHref(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, href, username } = new URL(url);
  // An address with a user name in it can pretend to be another site: https://bank.example@evil.example/
  return (protocol === 'https:' || protocol === 'http:') && username === '' ? href : null;
}
