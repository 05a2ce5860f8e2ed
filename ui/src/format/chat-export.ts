import type { ChatEntry } from '../call/index.ts';
import type { Words } from '../languages/words.ts';
import { deletedMessage, goneQuote } from './deleted-message.ts';

/** One message after the other, for people: time, names, words. */
export function chatAsText(words: Words, entries: readonly ChatEntry[]): string {
  const { t, locale } = words;
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'medium' });
  const lines = entries.map((entry) => {
    const to = entry.toName === null ? '' : ` → ${entry.toName}`;
    const edited = entry.editedAt === undefined ? '' : ` (${t('chat.edited')})`;
    const { replyTo } = entry;
    const quote = replyTo && (replyTo.text || replyTo.fileName || goneQuote(words, replyTo));
    const quoted = quote ? `> ${quote.replaceAll('\n', '\n> ')}\n` : '';
    const text = [entry.text, entry.file?.name].filter(Boolean).join('\n');
    const body = entry.deletedAt === undefined ? text : deletedMessage(words, entry.deletedBy);
    return `[${time.format(entry.sentAt)}] ${entry.fromName}${to}${edited}\n${quoted}${body}\n`;
  });
  return lines.join('\n');
}

/** The messages for programs. Times in ISO 8601. */
export function chatAsJson(entries: readonly ChatEntry[]): string {
  const messages = entries.map((entry) => ({
    sentAt: new Date(entry.sentAt).toISOString(),
    from: entry.fromName,
    to: entry.toName,
    text: entry.text,
    ...(entry.editedAt !== undefined && { editedAt: new Date(entry.editedAt).toISOString() }),
    ...(entry.deletedAt !== undefined && { deletedAt: new Date(entry.deletedAt).toISOString() }),
    ...(entry.deletedBy && { deletedBy: entry.deletedBy }),
    ...(entry.replyTo && { replyTo: { from: entry.replyTo.fromName, text: entry.replyTo.text } }),
    ...(entry.reactions && {
      reactions: entry.reactions.map(({ emoji, peerIds }) => ({ emoji, count: peerIds.length })),
    }),
    ...(entry.file && { file: { name: entry.file.name, size: entry.file.size } }),
  }));
  return `${JSON.stringify({ messages }, null, 2)}\n`;
}
