import { AccountPage } from '../../components/account-pages/account-page.tsx';
import { AccountWords } from '../account-words.tsx';
import { accountTitle } from '../page-title.ts';

export const generateMetadata = accountTitle('account');

export default function Page() {
  return (
    <AccountWords>
      <AccountPage />
    </AccountWords>
  );
}
