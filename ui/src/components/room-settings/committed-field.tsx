'use client';

import { useState, type ComponentProps, type KeyboardEvent } from 'react';
import { isComposing } from '../../browser/composing.ts';
import { TextField } from '../basics/text-field.tsx';

type CommittedFieldProps = Omit<ComponentProps<typeof TextField>, 'value' | 'onChange'> & {
  /** What is stored, as the field writes it. */
  stored: string;
  /** Called with another text when the person leaves the field or presses Enter. Returns the problem with it, in words. */
  onCommit: (text: string) => string | null;
  /** Whether the field is empty again after its text was taken. */
  clears?: boolean;
};

/** A field whose text counts when the person has finished with it. Escape brings back what is stored. */
export function CommittedField({ stored, onCommit, clears = false, ...props }: CommittedFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const forget = () => {
    setTyped(null);
    setProblem(null);
  };
  const commit = () => {
    if (typed === null) return;
    const refused = typed === stored ? null : onCommit(typed);
    setProblem(refused);
    if (refused === null) setTyped(clears ? '' : null);
  };
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !isComposing(event.nativeEvent)) {
      event.preventDefault();
      commit();
    }
    if (event.key === 'Escape' && typed !== null && typed !== stored) {
      // The dialog around the field stays.
      event.stopPropagation();
      forget();
    }
  };
  return (
    <TextField
      {...props}
      value={typed ?? stored}
      problem={problem ?? props.problem ?? null}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={commit}
      onKeyDown={handleKey}
    />
  );
}
