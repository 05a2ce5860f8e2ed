'use client';

import { parseRoomCode } from '@parley/proto';
import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { Button } from '../basics/button.tsx';
import { TextField } from '../basics/text-field.tsx';

/**
 * Opens the room of a typed code or a pasted link. If the form is sent before the code of the page runs, the browser sends it to `/r`,
 * which redirects to the room.
 */
export function JoinForm() {
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
      written.trim() === ''
        ? 'Type a code or paste a link first.'
        : 'There is no call code like abcd-efgh-jkm in this.',
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
        hint="You can also paste the link of a call."
        onChange={() => setProblem(null)}
      />
      <Button type="submit" size="large" className="mt-1 w-full">
        Join call
      </Button>
    </form>
  );
}
