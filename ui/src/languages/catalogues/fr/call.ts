import type english from '../en/call.ts';
import type { Translation } from '../../translation.ts';

export default {
  toasts: {
    linkCopied: 'Lien copié',
    linkNotCopied: 'Le lien n’a pas été copié. Copiez-le depuis la barre d’adresse.',
    noVideo: 'Aucune vidéo à détacher pour l’instant',
    noPictureInPicture: 'Ce navigateur n’a pas ouvert l’image dans l’image',
  },
} satisfies Translation<typeof english>;
