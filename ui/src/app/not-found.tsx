import { Compass } from 'lucide-react';
import Link from 'next/link';
import { useWords } from '../hooks/use-words.ts';
import { Button } from '../components/basics/button.tsx';
import { MessagePage } from '../components/page/message-page.tsx';
import { pageTitle } from './page-title.ts';

export const generateMetadata = pageTitle('notFound');

export default function NotFound() {
  const { t } = useWords();
  return (
    <MessagePage icon={<Compass />} title={t('room.notFound.title')} text={t('room.notFound.advice')}>
      <Button asChild tone="primary">
        <Link href="/">{t('room.toStart')}</Link>
      </Button>
    </MessagePage>
  );
}
