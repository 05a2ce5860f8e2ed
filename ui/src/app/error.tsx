'use client';

import { TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { useEffect } from 'react';
import { describe, pageLog } from '../call/telemetry/page-log.ts';
import { Button } from '../components/basics/button.tsx';
import { MessagePage } from '../components/page/message-page.tsx';

type ErrorPageProps = { error: Error & { digest?: string } };

/** What a person sees when the page itself broke. */
export default function ErrorPage({ error }: ErrorPageProps) {
  useEffect(() => pageLog()('error', 'page failed', { ...describe(error), digest: error.digest }), [error]);
  return (
    <MessagePage
      icon={<TriangleAlert />}
      title="This page broke"
      text="That is our fault. Loading it again usually helps."
    >
      {/* The whole page, not only its tree: after an update of the server the old page's code is gone. */}
      <Button tone="primary" onClick={() => location.reload()}>
        Load again
      </Button>
      <Button asChild>
        <Link href="/">To the start page</Link>
      </Button>
    </MessagePage>
  );
}
