import { RoomsPage } from '../../components/rooms-pages/rooms-page.tsx';
import { AllWords } from '../all-words.tsx';
import { pageTitle } from '../page-title.ts';

export const generateMetadata = pageTitle('rooms');

export default function Page() {
  return (
    <AllWords>
      <RoomsPage />
    </AllWords>
  );
}
