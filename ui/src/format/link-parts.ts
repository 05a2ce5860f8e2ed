import { LinkifyIt } from 'linkify-it';

/** A piece of a message: plain text, or a link that is safe to follow. */
export type TextPart = { kind: 'text'; text: string } | { kind: 'link'; text: string; href: string };

/** Finds http and https addresses, and those that begin with `www.`. "readme.md" is a file and no address. */
const linkify = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: false, urlAuth: true });
for (const schema of ['ftp:', 'mailto:', '//']) linkify.add(schema, null);

/** Splits a message into text and http(s) links. Nothing else becomes a link, and nothing becomes markup. */
export function linkParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const { schema, raw, url, index, lastIndex } of linkify.match(text) ?? []) {
    const isAddress = schema !== '' || /^www\./iu.test(raw);
    const href = isAddress ? safeHref(schema === '' ? `https://${raw}` : url) : null;
    if (href === null) continue;
    if (index > end) parts.push({ kind: 'text', text: text.slice(end, index) });
    parts.push({ kind: 'link', text: raw, href });
    end = lastIndex;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}

function safeHref(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, href, username, password } = new URL(url);
  const isWeb = protocol === 'https:' || protocol === 'http:';
  // An address with a user name in it can pretend to be another site: https://bank.example@evil.example/
  return isWeb && username === '' && password === '' ? href : null;
}
