'use client';

import { useState, type FormEvent, type ReactNode } from 'react';
import { useHydrated } from '../../hooks/page/use-hydrated.ts';
import { useSubmission } from '../../hooks/use-submission.ts';
import { useWords } from '../../hooks/use-words.ts';
import { refusalWords, type AccountStep } from '../../words/account-words.ts';
import { Button, type ButtonProps } from '../basics/button.tsx';
import { ErrorNote } from '../basics/error-note.tsx';
import { Spinner } from '../basics/spinner.tsx';
import type { FieldProps } from './fields.tsx';

/** What `read` returns of a form that cannot be sent: the problems of its fields, by name. */
export function refused(problems: Problems): { problems: Problems } {
  return { problems };
}

/** The values of a form by the names of its fields, as they were typed. */
type Typed = (name: string) => string;
type Problems = Readonly<Record<string, string | null>>;

type AccountFormProps<Value> = {
  step: AccountStep;
  /** What to send, or `refused`. */
  read: (typed: Typed) => { value: Value } | { problems: Problems };
  send: (value: Value) => Promise<void>;
  submitWords: string;
  tone?: ButtonProps['tone'];
  /** The fields, which get their problems by name. */
  children: (field: (name: string) => FieldProps) => ReactNode;
  /** Said when it went well; what the form shows then. */
  done?: string;
};

/**
 * A form of an account page. It is sent by the code of the page only, so its button waits for that: the browser itself would write the password into
 * the address.
 */
export function AccountForm<Value>(props: AccountFormProps<Value>) {
  const { step, read, send, submitWords, tone = 'primary', children, done } = props;
  const words = useWords();
  const hydrated = useHydrated();
  const { busy, error, submit } = useSubmission();
  const [problems, setProblems] = useState<Problems>({});
  const [isDone, setDone] = useState(false);

  const handleSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    // Read the fields themselves: password managers fill them without a word to React.
    const data = new FormData(form);
    const result = read((name) => textOf(data.get(name)));
    setDone(false);
    setProblems('problems' in result ? result.problems : {});
    if ('problems' in result) return focusProblem(form, result.problems);
    void submit(() => send(result.value)).then((went) => setDone(went && done !== undefined));
  };
  const field = (name: string): FieldProps => ({
    problem: problems[name] ?? null,
    onChange: () => {
      setDone(false);
      setProblems((before) => ({ ...before, [name]: null }));
    },
  });

  return (
    <form method="post" noValidate onSubmit={handleSubmit} className="flex flex-col gap-1.5">
      {children(field)}
      {error === null ? null : <ErrorNote error={error} words={refusalWords(words, error, step)} />}
      <Button
        type="submit"
        tone={tone}
        size="large"
        disabled={busy || !hydrated}
        aria-busy={busy}
        className="mt-2 w-full"
      >
        {busy ? <Spinner /> : null}
        <span>{submitWords}</span>
      </Button>
      <p role="status" className="min-h-5 text-sm text-good empty:hidden">
        {isDone ? done : null}
      </p>
    </form>
  );
}

function textOf(value: FormDataEntryValue | null): string {
  return typeof value === 'string' ? value : '';
}

function focusProblem(form: HTMLFormElement, problems: Problems): void {
  const fields = Array.from(form.querySelectorAll('input'));
  fields.find(({ name }) => (problems[name] ?? null) !== null)?.focus();
}
