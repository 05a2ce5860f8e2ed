import { RegisterPage } from '../../components/account-pages/register-page.tsx';
import { AccountWords } from '../account-words.tsx';
import { accountTitle } from '../page-title.ts';

export const generateMetadata = accountTitle('register');

export default function Page() {
  return (
    <AccountWords>
      <RegisterPage />
    </AccountWords>
  );
}
