'use client';

import { ACCOUNT_PAGES } from '@parley/proto/rest';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { withNext } from '../../browser/links/next-page.ts';
import { OPERATOR_PAGE } from '../../browser/links/room-pages.ts';
import { useWords } from '../../hooks/use-words.ts';
import { Button } from '../basics/button.tsx';
import { Card } from '../lists/card.tsx';
import { ListPage } from '../lists/list-page.tsx';
import { AccountsPart } from './accounts-part.tsx';
import { AddressesPart } from './addresses-part.tsx';
import { InvitationPart } from './invitation-part.tsx';
import { LiveRoomsPart } from './live-rooms-part.tsx';

/** What operators of the server see and do. Others read that it is not for them; the server answers them nothing either. */
export function OperatorPage() {
  const { t } = useWords();
  return (
    <ListPage title={t('operator.title')}>
      {(account) =>
        account?.isOperator === true ? (
          <div className="flex flex-col gap-5">
            <Part title={t('operator.live.title')}>
              <LiveRoomsPart />
            </Part>
            <Part title={t('operator.accounts.title')}>
              <AccountsPart self={account.id} />
            </Part>
            <Part title={t('operator.invitations.title')}>
              <InvitationPart />
            </Part>
            <Part title={t('operator.addresses.title')}>
              <AddressesPart />
            </Part>
          </div>
        ) : (
          <NotForYou isLoggedIn={account !== null} />
        )
      }
    </ListPage>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card>
      <h2 className="mb-4 text-lg font-semibold">{title}</h2>
      {children}
    </Card>
  );
}

function NotForYou({ isLoggedIn }: { isLoggedIn: boolean }) {
  const { t } = useWords();
  return (
    <Card>
      <h2 className="text-lg font-semibold">{t('operator.notForYou.title')}</h2>
      <p className="mt-2 text-sm text-ink-soft">{t('operator.notForYou.advice')}</p>
      {isLoggedIn ? null : (
        <Button asChild tone="primary" className="mt-4">
          <Link href={withNext(ACCOUNT_PAGES.logIn, OPERATOR_PAGE)}>{t('operator.notForYou.logIn')}</Link>
        </Button>
      )}
    </Card>
  );
}
