'use client';

import { ACCOUNT_PAGES, type Account } from '@parley/proto/rest';
import { CircleUser, DoorOpen, LogOut, UserRound } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { DropdownMenu } from 'radix-ui';
import { pageSession } from '../../account/page-session.ts';
import { ACCOUNT_PAGE, FORGOT_PAGE } from '../../browser/links/account-pages.ts';
import { ROOMS_PAGE } from '../../browser/links/room-pages.ts';
import { withNext } from '../../browser/links/next-page.ts';
import { useSession } from '../../hooks/use-session.ts';
import { useSubmission } from '../../hooks/use-submission.ts';
import { useWords } from '../../hooks/use-words.ts';
import { nameInWords } from '../../words/name-words.ts';
import { errorWords } from '../../words/error-words.ts';
import { Button } from '../basics/button.tsx';
import { ErrorNote } from '../basics/error-note.tsx';
import { MenuContent, MenuItem, MenuLabel, MenuSeparator } from '../basics/menu.tsx';

/** Where a page leads that belongs to the way into an account. */
const OWN_PAGES: readonly string[] = [...Object.values(ACCOUNT_PAGES), FORGOT_PAGE];

/** The person who is logged in, with a menu; for a guest the way to log in. It stays empty until the page knows. */
export function AccountEntry() {
  const { t } = useWords();
  const { status, account } = useSession();
  const path = usePathname();
  if (account !== null) return <AccountMenu account={account} />;
  if (status === 'unknown' || OWN_PAGES.includes(path)) return null;
  return (
    <div className="flex min-w-0">
      {/* Also for guests, whose rooms belong to their browser. */}
      <Button asChild tone="quiet" size="small">
        <Link href={ROOMS_PAGE}>{t('header.rooms')}</Link>
      </Button>
      <Button asChild tone="quiet" size="small">
        <Link href={withNext(ACCOUNT_PAGES.logIn, path)}>{t('header.logIn')}</Link>
      </Button>
    </div>
  );
}

function AccountMenu({ account: { displayName, email } }: { account: Account }) {
  const words = useWords();
  const { t } = words;
  const { error, submit } = useSubmission();
  return (
    <div className="relative min-w-0">
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger asChild>
          <Button
            tone="quiet"
            size="small"
            className="max-w-full"
            aria-label={t('header.menu', { name: nameInWords(words, displayName) })}
          >
            <CircleUser aria-hidden />
            <bdi className="min-w-0 truncate">{displayName}</bdi>
          </Button>
        </DropdownMenu.Trigger>
        <MenuContent align="end">
          <MenuLabel className="truncate">
            <bdi>{email}</bdi>
          </MenuLabel>
          <MenuItem asChild>
            <Link href={ROOMS_PAGE}>
              <DoorOpen aria-hidden />
              <span>{t('header.rooms')}</span>
            </Link>
          </MenuItem>
          <MenuItem asChild>
            <Link href={ACCOUNT_PAGE}>
              <UserRound aria-hidden />
              <span>{t('header.account')}</span>
            </Link>
          </MenuItem>
          <MenuSeparator />
          <MenuItem onSelect={() => void submit(() => pageSession.logOut())}>
            <LogOut aria-hidden className="rtl:-scale-x-100" />
            <span>{t('header.logOut')}</span>
          </MenuItem>
        </MenuContent>
      </DropdownMenu.Root>
      {error === null ? null : (
        <div className="absolute end-0 top-full z-40 mt-2 w-72 rounded-xl bg-surface">
          <ErrorNote error={error} words={{ ...errorWords(words, error), title: t('header.notLoggedOut') }} />
        </div>
      )}
    </div>
  );
}
