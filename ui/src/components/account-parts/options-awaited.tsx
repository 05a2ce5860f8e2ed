import type { ReactNode } from 'react';
import type { CallError } from '../../call/index.ts';
import { useWords } from '../../hooks/use-words.ts';
import { ErrorNote } from '../basics/error-note.tsx';
import { WaitingNote } from '../page/waiting-note.tsx';
import { AccountFrame } from './account-frame.tsx';

type OptionsAwaitedProps = { title: string; links?: ReactNode; error: CallError | null };

/** A page that waits for what the server says about accounts. It goes on by itself. */
export function OptionsAwaited({ title, links, error }: OptionsAwaitedProps) {
  const { t } = useWords();
  return (
    <AccountFrame title={title} links={links}>
      {error === null ? null : <ErrorNote error={error} />}
      <WaitingNote>{error === null ? t('accounts.loading') : t('room.waitingForServer')}</WaitingNote>
    </AccountFrame>
  );
}
