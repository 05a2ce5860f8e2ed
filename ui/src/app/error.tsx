'use client';

import { TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { useEffect } from 'react';
import { describe, pageLog } from '../call/telemetry/page-log.ts';
import { Button } from '../components/basics/button.tsx';
import { MessagePage } from '../components/page/message-page.tsx';

type ErrorPageProps = { error: Error & { digest?: string } };

/** Replaces a page whose code threw. */
export default function ErrorPage({ error }: ErrorPageProps) {
  useEffect(() => pageLog()('error', 'page failed', { ...describe(error), digest: error.digest }), [error]);
  return (
    <MessagePage
      icon={<TriangleAlert />}
      title="Something went wrong"
      text="This page stopped working. Loading it again usually helps."
    >
      {/* Reload the whole page, not only its tree: after an update the server no longer has the code of the old page. */}
      <Button tone="primary" onClick={() => location.reload()}>
        Load again
      </Button>
      <Button asChild>
        <Link href="/">Go to the start page</Link>
      </Button>
    </MessagePage>
  );
}
