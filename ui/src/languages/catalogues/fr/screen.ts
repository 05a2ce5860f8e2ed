import type english from '../en/screen.ts';
import type { Translation } from '../../translation.ts';

export default {
  notShared: 'Votre écran n’est pas partagé',
  blocked: {
    title: 'Ce navigateur n’a pas le droit d’enregistrer votre écran',
    onMac:
      'Ouvrez Réglages Système, « Confidentialité et sécurité », « Enregistrement de l’écran et de l’audio système », et activez ce navigateur. Quittez ensuite le navigateur et rouvrez-le.',
    elsewhere:
      'Autorisez l’enregistrement de l’écran pour ce navigateur dans les paramètres de votre système, et pour cette page dans les paramètres du navigateur. Partagez ensuite à nouveau.',
  },
  errors: {
    screen_share_unsupported: {
      title: 'Ce navigateur ne peut pas partager l’écran',
      advice:
        'Les navigateurs des téléphones et des tablettes ne le peuvent pas. Pour partager, rejoignez l’appel avec Chrome, Edge, Firefox ou Safari sur un ordinateur.',
    },
    screen_sound_failed: {
      title: 'Le son de votre écran n’a pas pu être partagé',
      advice: 'Appuyez à nouveau sur « Partager l’écran » : votre écran sera alors partagé sans le son.',
    },
    insecure_origin: {
      title: 'Le partage d’écran nécessite une adresse sécurisée',
      advice:
        'Les navigateurs ne l’autorisent qu’aux adresses https:// et sur localhost. Ouvrez l’adresse https:// de ce serveur.',
    },
    device_not_found: {
      title: 'Il n’y avait aucun écran ni aucune fenêtre à partager',
      advice: 'Ouvrez la fenêtre que vous voulez partager, puis partagez à nouveau.',
    },
    device_busy: {
      title: 'Votre système n’a pas fourni l’image de votre écran',
      advice:
        'Fermez les autres programmes qui enregistrent l’écran, ou partagez plutôt une fenêtre ou un onglet.',
    },
    device_failed: {
      title: 'Le partage de votre écran n’a pas démarré',
      advice:
        'Appuyez à nouveau sur « Partager l’écran ». Si cela ne fonctionne pas non plus, partagez plutôt une fenêtre ou un onglet.',
    },
  },
  share: {
    paused: {
      title: 'Votre partage d’écran est en pause',
      detail: 'Les autres n’en voient et n’en entendent rien.',
    },
    running: {
      title: 'Vous partagez votre écran',
      seen: 'Tout le monde le voit.',
      seenAndHeard: 'Tout le monde le voit et entend son son.',
    },
  },
} satisfies Translation<typeof english>;
