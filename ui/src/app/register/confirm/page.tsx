import { ConfirmPage } from '../../../components/account-pages/confirm-page.tsx';
import { AccountWords } from '../../account-words.tsx';
import { accountTitle } from '../../page-title.ts';

export const generateMetadata = accountTitle('confirm');

export default function Page() {
  return (
    <AccountWords>
      <ConfirmPage />
    </AccountWords>
  );
}
