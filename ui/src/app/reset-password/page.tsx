import { ResetPage } from '../../components/account-pages/reset-page.tsx';
import { AccountWords } from '../account-words.tsx';
import { accountTitle } from '../page-title.ts';

export const generateMetadata = accountTitle('reset');

export default function Page() {
  return (
    <AccountWords>
      <ResetPage />
    </AccountWords>
  );
}
