import type { SessionDevice } from '@parley/proto/rest';
import type { Words } from '../languages/words.ts';

/** The device of a log-in, as far as its browser has said what it is. */
export function deviceWords({ t }: Words, { browser, system }: SessionDevice): string {
  if (browser !== null && system !== null) return t('accounts.sessions.device', { browser, system });
  return browser ?? system ?? t('accounts.sessions.unknown');
}
