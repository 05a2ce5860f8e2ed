import { memo } from 'react';
import { linkParts } from '../../../format/link-parts.ts';

/** The text of a message. Addresses become links without a referrer; nothing becomes markup. */
export const ChatText = memo(function ChatText({ text }: { text: string }) {
  return linkParts(text).map((part, index) =>
    part.kind === 'text' ? (
      // The same text may occur twice, and the order never changes: only the index is a key.
      // oxlint-disable-next-line react/no-array-index-key
      <span key={index}>{part.text}</span>
    ) : (
      <a
        // oxlint-disable-next-line react/no-array-index-key
        key={index}
        href={part.href}
        target="_blank"
        rel="noopener noreferrer nofollow"
        className="text-accent underline underline-offset-2 break-all hover:text-accent-strong"
      >
        {part.text}
      </a>
    ),
  );
});
