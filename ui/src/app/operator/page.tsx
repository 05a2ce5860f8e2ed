import { OperatorPage } from '../../components/operator-page/operator-page.tsx';
import { AllWords } from '../all-words.tsx';
import { pageTitle } from '../page-title.ts';

export const generateMetadata = pageTitle('operator');

export default function Page() {
  return (
    <AllWords>
      <OperatorPage />
    </AllWords>
  );
}
