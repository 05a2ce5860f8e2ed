import { NewRoomPage } from '../../../components/rooms-pages/new-room-page.tsx';
import { AllWords } from '../../all-words.tsx';
import { pageTitle } from '../../page-title.ts';

export const generateMetadata = pageTitle('newRoom');

export default function Page() {
  return (
    <AllWords>
      <NewRoomPage />
    </AllWords>
  );
}
