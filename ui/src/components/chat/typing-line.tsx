'use client';

import { useCall } from '../../hooks/use-call.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { nameInWords } from '../../words/name-words.ts';

/** Says who writes now. It keeps its height, so that nothing jumps. */
export function TypingLine() {
  const words = useWords();
  const typists = useCall((state) => state.typists);
  const [first, second, third] = typists.map(({ name }) => nameInWords(words, name));
  return (
    <p data-testid="chat-typing" className="h-4 truncate px-3 text-xs text-ink-soft">
      {third !== undefined
        ? words.t('chat.typing.several')
        : second !== undefined && first !== undefined
          ? words.t('chat.typing.two', { first, second })
          : first !== undefined
            ? words.t('chat.typing.one', { name: first })
            : null}
    </p>
  );
}
