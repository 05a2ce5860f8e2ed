import type english from '../en/call.ts';
import type { Translation } from '../../translation.ts';

export default {
  toasts: {
    linkCopied: 'Link kopiert',
    linkNotCopied: 'Der Link wurde nicht kopiert. Kopiere ihn aus der Adresszeile.',
    noVideo: 'Gerade gibt es kein Video zum Herauslösen',
    noPictureInPicture: 'Dieser Browser hat Bild-in-Bild nicht geöffnet',
  },
} satisfies Translation<typeof english>;
