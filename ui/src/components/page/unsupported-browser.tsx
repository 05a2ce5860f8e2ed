import { MonitorX } from 'lucide-react';
import Link from 'next/link';
import type { Lack } from '../../browser/call-needs.ts';
import { LACK_WORDS } from '../../words/lack-words.ts';
import { Button } from '../basics/button.tsx';
import { MessagePage } from './message-page.tsx';

/** The page for a browser that cannot take part in calls. It works without the code of the page. */
export function UnsupportedBrowser({ lack }: { lack: Lack }) {
  const { title, advice } = LACK_WORDS[lack];
  return (
    <MessagePage
      icon={<MonitorX />}
      title={title}
      text={
        <>
          <p>{advice}</p>
          <p className="mt-3">Your camera and microphone were not opened.</p>
        </>
      }
    >
      <Button asChild tone="primary">
        <Link href="/">Go to the start page</Link>
      </Button>
    </MessagePage>
  );
}
