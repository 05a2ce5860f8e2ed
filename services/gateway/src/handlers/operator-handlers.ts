import { ParleyError } from '@parley/proto/errors';
import { ACCOUNT_PAGES } from '@parley/proto/rest';
import { toAccount, type ListedAccount } from '../accounts/store/account-repository.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Handlers } from '../http/handler-types.ts';

const PAGE = 50;

type OperatorRoute =
  | 'listAccounts'
  | 'blockAccount'
  | 'unblockAccount'
  | 'listBlockedAddresses'
  | 'blockAddress'
  | 'unblockAddress'
  | 'createInvitation';

/** The routes of operators. Nobody else gets here: the rule `operator` is checked before. */
export function createOperatorHandlers(given: Accounts | undefined): Pick<Handlers, OperatorRoute> {
  return {
    listAccounts: async ({ query: { search = '', after = '' } }) => {
      const found = await using(given).list(search, after, PAGE + 1);
      return { accounts: found.slice(0, PAGE).map(toListed), hasMore: found.length > PAGE };
    },
    blockAccount: async ({ params, login }) => {
      if (login === undefined) throw new ParleyError('unauthenticated');
      await using(given).block(params.accountId, login.account);
    },
    unblockAccount: async ({ params }) => using(given).unblock(params.accountId),
    listBlockedAddresses: async () => ({ addresses: await using(given).blockedNetworks.list() }),
    blockAddress: async ({ body, address }) => using(given).blockedNetworks.block(body, address),
    unblockAddress: async ({ params }) => using(given).blockedNetworks.unblock(params.blockId),
    createInvitation: async ({ body, headers }) => {
      const reader = { acceptLanguage: headers['accept-language'] };
      const { token, expiresAt } = await using(given).registration.invite(body.email, reader);
      return { token, path: `${ACCOUNT_PAGES.invitation}#${token}`, expiresAt };
    },
  };
}

function toListed(account: ListedAccount) {
  const { isBlocked, lastSeenAt } = account;
  return { ...toAccount(account), isBlocked, lastSeenAt };
}

function using(accounts: Accounts | undefined): Accounts {
  if (accounts === undefined) throw new ParleyError('unavailable', 'This server has no accounts.');
  return accounts;
}
