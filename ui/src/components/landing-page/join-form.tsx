'use client';

import { parseRoomCode } from '@parley/proto';
import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { Button } from '../basics/button.tsx';
import { TextField } from '../basics/text-field.tsx';

/**
 * Goes to the room of a typed code or a pasted link. Before the page's code is there the browser sends the form by
 * itself, and `/r` leads on.
 */
export function JoinForm() {
  const router = useRouter();
  const [problem, setProblem] = useState<string | null>(null);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // From the field itself: it may have been filled before this code ran.
    const field = new FormData(event.currentTarget).get('code');
    const written = typeof field === 'string' ? field : '';
    const code = parseRoomCode(written);
    if (code !== undefined) return router.push(`/r/${code}`);
    setProblem(
      written.trim() === ''
        ? 'Type a code or paste a link first.'
        : 'There is no call code in that. One looks like abcd-efgh-jkm.',
    );
  };

  return (
    <form action="/r" method="get" onSubmit={submit} noValidate className="flex flex-col gap-1">
      <TextField
        label="Code or link"
        name="code"
        placeholder="abcd-efgh-jkm"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        problem={problem}
        hint="A pasted link works as well."
        onChange={() => setProblem(null)}
      />
      <Button type="submit" size="large" className="mt-1 w-full">
        Join call
      </Button>
    </form>
  );
}
