'use client';

import { parseRoomCode } from '@parley/proto/room-link';
import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { useWords } from '../../hooks/use-words.ts';
import { Button } from '../basics/button.tsx';
import { TextField } from '../basics/text-field.tsx';

/** What a code looks like. */
const EXAMPLE = 'abcd-efgh-jkm';

/**
 * Opens the room of a typed code or a pasted link. If the form is sent before the code of the page runs, the browser sends it to `/r`,
 * which redirects to the room.
 */
export function JoinForm() {
  const { t } = useWords();
  const router = useRouter();
  const [problem, setProblem] = useState<string | null>(null);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // Read the field itself: the browser may have filled it before this code ran.
    const field = new FormData(event.currentTarget).get('code');
    const written = typeof field === 'string' ? field : '';
    const code = parseRoomCode(written);
    if (code !== undefined) return router.push(`/r/${code}`);
    setProblem(
      written.trim() === '' ? t('landing.join.empty') : t('landing.join.noCode', { example: EXAMPLE }),
    );
  };

  return (
    <form action="/r" method="get" onSubmit={submit} noValidate className="flex flex-col gap-1">
      <TextField
        label={t('landing.join.codeOrLink')}
        name="code"
        placeholder={EXAMPLE}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        problem={problem}
        hint={t('landing.join.hint')}
        onChange={() => setProblem(null)}
      />
      <Button type="submit" size="large" className="mt-1 w-full">
        {t('landing.join.submit')}
      </Button>
    </form>
  );
}
