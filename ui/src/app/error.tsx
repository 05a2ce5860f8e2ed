'use client';

import { TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { useEffect } from 'react';
import { describe, pageLog } from '../call/telemetry/page-log.ts';
import { useWords } from '../hooks/use-words.ts';
import { Button } from '../components/basics/button.tsx';
import { MessagePage } from '../components/page/message-page.tsx';

type ErrorPageProps = { error: Error & { digest?: string } };

/** Replaces a page whose code threw. */
export default function ErrorPage({ error }: ErrorPageProps) {
  const { t } = useWords();
  useEffect(() => pageLog()('error', 'page failed', { ...describe(error), digest: error.digest }), [error]);
  return (
    <MessagePage icon={<TriangleAlert />} title={t('crash.title')} text={t('crash.advice')}>
      {/* Reload the whole page, not only its tree: after an update the server no longer has the code of the old page. */}
      <Button tone="primary" onClick={() => location.reload()}>
        {t('crash.loadAgain')}
      </Button>
      <Button asChild>
        <Link href="/">{t('room.toStart')}</Link>
      </Button>
    </MessagePage>
  );
}
