import type english from '../en/chat.ts';
import type { Translation } from '../../translation.ts';

export default {
  list: 'Messages',
  newest: 'Messages les plus récents',
  earlier: 'Afficher les messages précédents',
  empty: {
    title: 'Aucun message pour l’instant',
    advice:
      'Les messages sont envoyés à tous les participants. Pour écrire à une seule personne, choisissez-la ci-dessous.',
  },
  cleared: {
    byYou: 'Vous avez vidé le chat',
    byName: '{name} a vidé le chat',
  },
  message: {
    onlyToYou: 'à vous uniquement',
    onlyToName: 'à {name} uniquement',
    onlyToOne: 'à une seule personne',
    private: '{sender}, {recipient}',
  },
  delivery: {
    sending: 'Envoi…',
    failed: 'Non distribué.',
  },
  composer: {
    message: 'Message',
    toEveryone: 'Écrire à tous',
    privately: 'Écrire en privé',
    send: 'Envoyer',
    length: '{length, number, ::group-off} sur {max, number, ::group-off}',
  },
  recipient: {
    label: 'À',
    everyone: 'Tout le monde',
    only: '{name} uniquement',
    gone: 'A quitté l’appel',
  },
  clear: {
    button: 'Vider le chat',
    title: 'Vider le chat pour tout le monde ?',
    description:
      'Tous les messages seront supprimés, y compris les messages privés. Les autres verront que c’est vous.',
    keep: 'Garder les messages',
    confirm: 'Vider le chat',
  },
} satisfies Translation<typeof english>;
