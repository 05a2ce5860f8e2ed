import { MonitorX } from 'lucide-react';
import Link from 'next/link';
import type { Lack } from '../../browser/call-needs.ts';
import { useWords } from '../../hooks/use-words.ts';
import { lackWords } from '../../words/lack-words.ts';
import { Button } from '../basics/button.tsx';
import { MessagePage } from './message-page.tsx';

/** The page for a browser that cannot take part in calls. It works without the code of the page. */
export function UnsupportedBrowser({ lack }: { lack: Lack }) {
  const words = useWords();
  const { title, advice } = lackWords(words, lack);
  return (
    <MessagePage
      icon={<MonitorX />}
      title={title}
      text={
        <>
          <p>{advice}</p>
          <p className="mt-3">{words.t('room.devicesNotOpened')}</p>
        </>
      }
    >
      <Button asChild tone="primary">
        <Link href="/">{words.t('room.toStart')}</Link>
      </Button>
    </MessagePage>
  );
}
