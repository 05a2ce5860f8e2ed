'use client';

import { ACCOUNT_PAGES } from '@parley/proto/rest';
import { useRouter, useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { nextPage, withNext } from '../../browser/links/next-page.ts';
import { useLinkToken } from '../../hooks/page/use-link-token.ts';
import { useAccountOptions } from '../../hooks/use-account-options.ts';
import { useWords } from '../../hooks/use-words.ts';
import { registrationWay } from '../../selectors/registration-way.ts';
import { AccountFrame } from '../account-parts/account-frame.tsx';
import { AccountsAway } from '../account-parts/accounts-away.tsx';
import { BrokenLink } from '../account-parts/broken-link.tsx';
import { LookIntoMail } from '../account-parts/look-into-mail.tsx';
import { OptionsAwaited } from '../account-parts/options-awaited.tsx';
import { PageLink } from '../account-parts/page-link.tsx';
import { ProviderLink } from '../account-parts/provider-link.tsx';
import { RegisterForm } from './register-form.tsx';

/** The page on which people make an account, by themselves or with an invitation. */
export function RegisterPage() {
  const { t } = useWords();
  const router = useRouter();
  const token = useLinkToken();
  const { options, error } = useAccountOptions();
  const next = nextPage(useSearchParams().toString());
  const [email, setEmail] = useState('');
  const [isWritten, setWritten] = useState(false);
  const title = t('accounts.register.title');
  const links = (
    <>
      <span>{t('accounts.register.hasAccount')}</span>
      <PageLink href={withNext(ACCOUNT_PAGES.logIn, next)}>{t('accounts.toLogIn')}</PageLink>
    </>
  );

  if (isWritten) return <LookIntoMail about="register" email={email} onBack={() => setWritten(false)} />;
  if (options === null || token === undefined)
    return <OptionsAwaited title={title} links={links} error={error} />;
  const way = registrationWay(options, token);
  if (way.kind === 'brokenLink') return <BrokenLink links={links} />;
  if (way.kind === 'closed' || way.kind === 'needsInvitation')
    return (
      <AccountFrame
        title={t(`accounts.register.${way.kind}.title`)}
        intro={t(`accounts.register.${way.kind}.advice`)}
        links={links}
      />
    );
  const handleMail = (address: string) => {
    setEmail(address);
    setWritten(true);
  };
  return (
    <AccountFrame title={title} intro={t(`accounts.register.intro.${way.kind}`)} links={links}>
      {options.available ? null : <AccountsAway />}
      {way.kind === 'open' ? <ProviderLink options={options} next={next} /> : null}
      <RegisterForm admission={way} email={email} onMail={handleMail} onDone={() => router.replace(next)} />
    </AccountFrame>
  );
}
