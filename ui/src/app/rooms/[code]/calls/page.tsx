import { CallsPage } from '../../../../components/rooms-pages/calls-page.tsx';
import { pageTitle } from '../../../page-title.ts';
import { roomCodePage } from '../../../room-code-page.tsx';

export const generateMetadata = pageTitle('calls');

export default roomCodePage(CallsPage);
