import { LogInPage } from '../../components/account-pages/log-in-page.tsx';
import { AccountWords } from '../account-words.tsx';
import { accountTitle } from '../page-title.ts';

export const generateMetadata = accountTitle('logIn');

export default function Page() {
  return (
    <AccountWords>
      <LogInPage />
    </AccountWords>
  );
}
