import { LinkifyIt } from 'linkify-it';
import { hostInWords } from './host-words.ts';

/**
 * A piece of a message: plain text, or a link that is safe to follow. The text of a link is the address as it was typed,
 * but a host that mixes scripts is in its ASCII form.
 */
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
    parts.push({ kind: 'link', text: addressInWords(raw, href), href });
    end = lastIndex;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}

/** The host stands behind `//`, or at the beginning where the address has no scheme. */
const HOST = /^([a-z]+:\/\/)?([^/?#:]+)/iu;

function addressInWords(raw: string, href: string): string {
  return raw.replace(HOST, (_all, scheme: string | undefined, host: string) => {
    return `${scheme ?? ''}${hostInWords(host, new URL(href).hostname)}`;
  });
}

function safeHref(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, href, username, password } = new URL(url);
  const isWeb = protocol === 'https:' || protocol === 'http:';
  // An address with a user name in it can pretend to be another site: https://bank.example@evil.example/
  return isWeb && username === '' && password === '' ? href : null;
}
