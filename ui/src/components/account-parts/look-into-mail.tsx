'use client';

import { useWords } from '../../hooks/use-words.ts';
import { nameInWords } from '../../words/name-words.ts';
import { Button } from '../basics/button.tsx';
import { AccountFrame } from './account-frame.tsx';

type LookIntoMailProps = { about: 'register' | 'forgot'; email: string; onBack: () => void };

/** Says that a mail brings the link to go on. It says the same whether the address has an account or not. */
export function LookIntoMail({ about, email, onBack }: LookIntoMailProps) {
  const words = useWords();
  const { t } = words;
  return (
    <AccountFrame
      title={t(`accounts.${about}.sent.title`)}
      intro={t(`accounts.${about}.sent.advice`, { email: nameInWords(words, email) })}
    >
      <p className="text-sm text-ink-soft">{t(`accounts.${about}.sent.nothing`)}</p>
      <Button onClick={onBack}>{t(`accounts.${about}.sent.back`)}</Button>
    </AccountFrame>
  );
}
