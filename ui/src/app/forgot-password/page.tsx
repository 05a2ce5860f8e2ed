import { ForgotPage } from '../../components/account-pages/forgot-page.tsx';
import { AccountWords } from '../account-words.tsx';
import { accountTitle } from '../page-title.ts';

export const generateMetadata = accountTitle('forgot');

export default function Page() {
  return (
    <AccountWords>
      <ForgotPage />
    </AccountWords>
  );
}
