import { VisitsPage } from '../../../components/rooms-pages/visits-page.tsx';
import { AllWords } from '../../all-words.tsx';
import { pageTitle } from '../../page-title.ts';

export const generateMetadata = pageTitle('visits');

export default function Page() {
  return (
    <AllWords>
      <VisitsPage />
    </AllWords>
  );
}
