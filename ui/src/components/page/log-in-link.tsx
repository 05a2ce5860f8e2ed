'use client';

import { ACCOUNT_PAGES } from '@parley/proto/rest';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { withNext } from '../../browser/links/next-page.ts';
import { useWords } from '../../hooks/use-words.ts';
import { Button, type ButtonProps } from '../basics/button.tsx';

/** Leads to the log-in, and from there back to this page. */
export function LogInLink(props: Pick<ButtonProps, 'tone' | 'size' | 'className'>) {
  const { t } = useWords();
  return (
    <Button asChild {...props}>
      <Link href={withNext(ACCOUNT_PAGES.logIn, usePathname())}>{t('header.logIn')}</Link>
    </Button>
  );
}
