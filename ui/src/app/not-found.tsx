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
      title="There is nothing here"
      text="The address has a typing error, or what was here is gone."
    >
      <Button asChild tone="primary">
        <Link href="/">To the start page</Link>
      </Button>
    </MessagePage>
  );
}
