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
  actions: {
    label: 'Options du message',
    reply: 'Répondre',
    copy: 'Copier le texte',
    edit: 'Modifier',
    delete: 'Supprimer',
  },
  deleted: {
    bySender: 'Message supprimé',
    byHost: 'Supprimé par un hôte',
    notShown: 'Message non disponible',
  },
  edited: 'modifié',
  reply: {
    cancel: 'Ne pas répondre',
  },
  editor: {
    label: 'Modifier le message',
    save: 'Enregistrer',
    cancel: 'Annuler',
  },
  reactions: {
    add: 'Réagir avec un émoji',
    count: '{emoji} : {count, plural, one {# personne} many {# de personnes} other {# personnes}}',
  },
  typing: {
    one: '{name} écrit…',
    two: '{first} et {second} écrivent…',
    several: 'Plusieurs personnes écrivent…',
  },
  emoji: {
    button: 'Émojis',
    search: 'Chercher un émoji',
    none: 'Aucun émoji trouvé',
  },
  file: {
    send: 'Envoyer un fichier',
    save: 'Enregistrer {name}',
    picture: 'Image : {name}',
    sending: 'Envoi de {name}',
    stop: 'Ne pas envoyer {name}',
    again: 'Renvoyer {name}',
    tooLarge: 'Plus de 20 Mo',
    tooMany: 'Vingt à la fois. Réessayez',
    empty: 'Ce fichier est vide',
    full: 'Cet appel ne peut plus recevoir de fichiers',
    failed: 'Non envoyé',
    gone: 'Ce fichier ne peut pas être chargé. Réessayez plus tard.',
  },
  export: {
    button: 'Enregistrer la discussion',
    text: 'Enregistrer en texte',
    json: 'Enregistrer en JSON',
  },
} satisfies Translation<typeof english>;
