'use client';

import { displayNameSchema } from '@parley/proto';
import { useState, type FormEvent } from 'react';
import { useCallClient, useSelf } from '../../hooks/use-call.tsx';
import { useToasts } from '../../hooks/use-toasts.tsx';
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
    const displayName = displayNameSchema.safeParse(name).data;
    if (displayName === undefined) return setProblem('This name cannot be used. Try another one.');
    try {
      await call.rename(displayName);
      showToast('Your name was changed');
    } catch {
      setProblem('Your name was not changed. Try again in a moment.');
    }
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
