import type english from '../en/call.ts';
import type { Translation } from '../../translation.ts';

export default {
  toasts: {
    linkCopied: 'Lien copié',
    linkNotCopied: 'Le lien n’a pas été copié. Copiez-le depuis la barre d’adresse.',
    noVideo: 'Aucune vidéo à détacher pour l’instant',
    noPictureInPicture: 'Ce navigateur n’a pas ouvert l’image dans l’image',
  },
  heading: 'Appel {code}',
  joining: 'Connexion à l’appel…',
  reconnecting: 'Reconnexion…',
  leaveQuestion: {
    title: 'Quitter l’appel ?',
    description: 'Vous pouvez revenir avec le même lien.',
    leave: 'Quitter',
    stay: 'Rester',
  },
  voicesOnly: {
    title: 'Voix seules',
    showPictures: 'Afficher les images',
  },
  panel: {
    close: 'Fermer le panneau',
    chat: 'Chat',
    people: 'Participants',
    statistics: 'Statistiques',
  },
} satisfies Translation<typeof english>;
