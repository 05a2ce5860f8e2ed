'use client';

import { useState, type FormEvent } from 'react';
import { useCallClient, useSelf } from '../../hooks/use-call.tsx';
import { useToasts } from '../../hooks/use-toasts.tsx';
import { errorWords } from '../../words/error-words.ts';
import { readName } from '../../words/name-words.ts';
import { Button } from '../basics/button.tsx';
import { TextField } from '../basics/text-field.tsx';

/** Changes the name that everyone in the call sees. */
export function RenameForm() {
  const call = useCallClient();
  const current = useSelf()?.displayName ?? '';
  const { showToast } = useToasts();
  const [name, setName] = useState(current);
  const [problem, setProblem] = useState<string | null>(null);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    const { displayName, problem: refusal } = readName(name);
    if (refusal !== null) return setProblem(refusal);
    const error = await call.rename(displayName);
    if (error === null) showToast('Your name was changed');
    else setProblem(`Your name was not changed. ${errorWords(error).title}.`);
  };

  return (
    <form onSubmit={(event) => void save(event)} noValidate className="flex items-start gap-2">
      <TextField
        label="Name in this call"
        value={name}
        maxLength={64}
        autoComplete="name"
        problem={problem}
        onChange={(event) => {
          setName(event.target.value);
          setProblem(null);
        }}
        className="min-w-0 flex-1"
      />
      <Button type="submit" size="large" disabled={name.trim() === current} className="mt-6.5">
        Save
      </Button>
    </form>
  );
}
