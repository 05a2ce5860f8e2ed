import { RoomSettingsPage } from '../../../components/rooms-pages/room-settings-page.tsx';
import { pageTitle } from '../../page-title.ts';
import { roomCodePage } from '../../room-code-page.tsx';

export const generateMetadata = pageTitle('room');

export default roomCodePage(RoomSettingsPage);
