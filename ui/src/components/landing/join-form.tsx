'use client';

import { parseRoomCode } from '@parley/proto';
import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { useHydrated } from '../../bridge/use-hydrated.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/text-field.tsx';

/** Goes to the room of a typed code or a pasted link. */
export function JoinForm() {
  const router = useRouter();
  const hydrated = useHydrated();
  const [input, setInput] = useState('');
  const [problem, setProblem] = useState<string | null>(null);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const code = parseRoomCode(input);
    if (code !== undefined) return router.push(`/r/${code}`);
    setProblem(
      input.trim() === ''
        ? 'Type a code or paste a link first.'
        : 'There is no call code in that. One looks like abcd-efgh-jkm.',
    );
  };

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-1">
      <TextField
        label="Code or link"
        name="code"
        placeholder="abcd-efgh-jkm"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={input}
        problem={problem}
        hint="A pasted link works as well."
        onChange={(event) => {
          setInput(event.target.value);
          setProblem(null);
        }}
      />
      <Button
        type="submit"
        size="large"
        disabled={!hydrated}
        className="mt-1 w-full disabled:cursor-default disabled:opacity-100"
      >
        Join call
      </Button>
    </form>
  );
}
