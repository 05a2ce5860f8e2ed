'use client';

import { useState, type FormEvent } from 'react';
import { useCall, useCallClient, useSelf } from '../../hooks/use-call.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { readName, renameWords } from '../../words/name-words.ts';
import { Button } from '../basics/button.tsx';
import { TextField } from '../basics/text-field.tsx';

/** Changes the name that everyone in the call sees. The line below the field says what became of it. */
export function RenameForm() {
  const words = useWords();
  const { t } = words;
  const call = useCallClient();
  const rename = useCall((state) => state.rename);
  const current = useSelf()?.displayName ?? '';
  const wanted = rename.status === 'sending' ? rename.value : current;
  const [name, setName] = useState(wanted);
  const [refusal, setRefusal] = useState<string | null>(null);
  /** The name that the line below the field is about. */
  const [asked, setAsked] = useState(rename.status === 'sending' ? rename.value : null);

  const save = (event: FormEvent) => {
    event.preventDefault();
    const { displayName, problem } = readName(words, name);
    setRefusal(problem);
    if (displayName === null) return;
    setName(displayName);
    setAsked(displayName);
    call.rename(displayName);
  };
  const said = renameWords(words, asked === null ? null : rename);

  return (
    <form onSubmit={save} noValidate className="flex items-start gap-2">
      <TextField
        label={t('settings.rename.label')}
        value={name}
        maxLength={64}
        autoComplete="name"
        problem={refusal ?? said.problem}
        hint={said.hint}
        onChange={(event) => {
          setName(event.target.value);
          setRefusal(null);
          setAsked(null);
        }}
        className="min-w-0 flex-1"
      />
      <Button type="submit" size="large" disabled={name.trim() === wanted} className="mt-6.5">
        {t('settings.rename.save')}
      </Button>
    </form>
  );
}
