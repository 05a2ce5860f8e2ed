'use client';

import type { AccountId, RouteResult } from '@parley/proto/rest';
import { UserX } from 'lucide-react';
import { useState } from 'react';
import { pageSession } from '../../account/page-session.ts';
import { momentWords } from '../../format/moments.ts';
import { usePageList } from '../../hooks/rooms/use-page-list.ts';
import { useSubmission } from '../../hooks/use-submission.ts';
import { useWords } from '../../hooks/use-words.ts';
import type { FetchPage } from '../../rooms/page-list.ts';
import { nameInWords } from '../../words/name-words.ts';
import { Button } from '../basics/button.tsx';
import { EmptyState } from '../basics/empty-state.tsx';
import { ErrorNote } from '../basics/error-note.tsx';
import { TextField } from '../basics/text-field.tsx';
import { PagedItems } from '../lists/paged-items.tsx';

type ListedAccount = RouteResult<'listAccounts'>['accounts'][number];

function fetchAccounts(search: string): FetchPage<ListedAccount, string> {
  return async (after) => {
    const { accounts, hasMore } = await pageSession.rest.call('listAccounts', { query: { search, after } });
    return { items: accounts, next: hasMore ? (accounts.at(-1)?.email ?? null) : null };
  };
}

/** The accounts of this server, found by name or address. `self` is the operator's own. */
export function AccountsPart({ self }: { self: AccountId }) {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  const [search, setSearch] = useState('');
  return (
    <>
      <p className="mb-4 text-sm text-ink-soft">{t('operator.accounts.hint')}</p>
      <form
        className="flex items-start gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          setSearch(typed.trim());
        }}
      >
        <TextField
          className="min-w-0 flex-1"
          type="search"
          label={t('operator.accounts.search')}
          maxLength={254}
          autoComplete="off"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        <Button type="submit" className="mt-[1.65rem] h-12">
          {t('operator.accounts.find')}
        </Button>
      </form>
      <Found key={search} search={search} self={self} />
    </>
  );
}

function Found({ search, self }: { search: string; self: AccountId }) {
  const { t } = useWords();
  const [fetchPage] = useState(() => fetchAccounts(search));
  const list = usePageList(fetchPage);
  const { busy, error, submit } = useSubmission();
  const setBlocked = ({ id: accountId, isBlocked }: ListedAccount) =>
    submit(async () => {
      await pageSession.rest.call(isBlocked ? 'unblockAccount' : 'blockAccount', { params: { accountId } });
      await list.load();
    });
  return (
    <>
      {error === null ? null : <ErrorNote error={error} />}
      <PagedItems
        label={t('operator.accounts.title')}
        list={list}
        keyOf={({ id }) => id}
        empty={
          <EmptyState icon={<UserX />} title={t('operator.accounts.empty.title')}>
            {t('operator.accounts.empty.text')}
          </EmptyState>
        }
      >
        {(account) => (
          <AccountRow
            account={account}
            isSelf={account.id === self}
            busy={busy}
            onSetBlocked={() => void setBlocked(account)}
          />
        )}
      </PagedItems>
    </>
  );
}

type AccountRowProps = {
  account: ListedAccount;
  isSelf: boolean;
  busy: boolean;
  onSetBlocked: () => void;
};

function AccountRow({ account, isSelf, busy, onSetBlocked }: AccountRowProps) {
  const words = useWords();
  const { t, locale } = words;
  const { displayName, email, isBlocked, isOperator, lastSeenAt } = account;
  const name = nameInWords(words, displayName);
  return (
    <div className="flex flex-wrap items-start gap-3 border-b border-line pb-3">
      <div className="min-w-0 flex-1 basis-56 text-sm">
        <p className="text-base wrap-anywhere">
          <bdi>{displayName}</bdi>
          {isOperator ? (
            <span className="ms-2 text-sm text-accent">{t('operator.accounts.operator')}</span>
          ) : null}
          {isBlocked ? (
            <span className="ms-2 text-sm text-danger-soft">{t('operator.accounts.blocked')}</span>
          ) : null}
        </p>
        <p className="text-ink-soft wrap-anywhere">
          <bdi>{email}</bdi>
        </p>
        <p className="text-ink-faint">
          {lastSeenAt === null
            ? t('operator.accounts.neverSeen')
            : t('operator.accounts.seen', { time: momentWords(locale, lastSeenAt) })}
        </p>
      </div>
      {isSelf ? null : (
        <Button
          size="small"
          disabled={busy}
          aria-label={
            isBlocked
              ? t('operator.accounts.unblockNamed', { name })
              : t('operator.accounts.blockNamed', { name })
          }
          onClick={onSetBlocked}
        >
          {isBlocked ? t('operator.accounts.unblock') : t('operator.accounts.block')}
        </Button>
      )}
    </div>
  );
}
