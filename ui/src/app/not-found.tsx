import type { Metadata } from 'next';
import { Compass } from 'lucide-react';
import Link from 'next/link';
import { Button } from '../components/basics/button.tsx';
import { MessagePage } from '../components/page/message-page.tsx';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <MessagePage
      icon={<Compass />}
      title="This page does not exist"
      text="The address may have a mistake, or the page was removed."
    >
      <Button asChild tone="primary">
        <Link href="/">Go to the start page</Link>
      </Button>
    </MessagePage>
  );
}
