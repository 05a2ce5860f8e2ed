import type english from '../en/call.ts';
import type { Translation } from '../../translation.ts';

export default {
  toasts: {
    linkCopied: 'Link kopiert',
    linkNotCopied: 'Der Link wurde nicht kopiert. Kopiere ihn aus der Adresszeile.',
    noVideo: 'Gerade gibt es kein Video zum Herauslösen',
    noPictureInPicture: 'Dieser Browser hat Bild-in-Bild nicht geöffnet',
  },
  heading: 'Anruf {code}',
  joining: 'Du nimmst gleich teil…',
  reconnecting: 'Verbindung wird wiederhergestellt…',
  leaveQuestion: {
    title: 'Anruf verlassen?',
    description: 'Mit demselben Link kommst du zurück.',
    leave: 'Verlassen',
    stay: 'Bleiben',
  },
  voicesOnly: {
    title: 'Nur Stimmen',
    showPictures: 'Bilder zeigen',
  },
  panel: {
    close: 'Seitenleiste schließen',
    chat: 'Chat',
    people: 'Personen',
    statistics: 'Statistik',
  },
} satisfies Translation<typeof english>;
