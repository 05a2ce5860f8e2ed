import type english from '../../en/pages/operator.ts';
import type { Translation } from '../../../translation.ts';

export default {
  title: 'Le serveur',
  notForYou: {
    title: 'Cette page est pour les opérateurs',
    advice:
      'Connectez-vous avec un compte qui gère ce serveur. La personne qui l’a installé peut en créer un.',
    logIn: 'Se connecter',
  },
  live: {
    title: 'Appels en cours',
    empty: {
      title: 'Aucun appel en cours',
      text: 'Dès que quelqu’un rejoint une salle, elle apparaît ici.',
    },
    people: '{count, plural, one {# personne} many {# de personnes} other {# personnes}}, depuis {time}',
    nodes: 'Nœuds média : {nodes}',
    owner: {
      account: 'Propriétaire : {name}',
      guest: 'Propriétaire : un invité',
      unknown: 'Propriétaire : inconnu',
    },
    end: 'Terminer l’appel…',
    endNamed: 'Terminer l’appel dans {room}',
    question: 'Terminer l’appel dans {room} ?',
    consequence:
      'Tout le monde est retiré et lit qu’un opérateur y a mis fin. La salle reste, et son propriétaire le voit dans l’historique.',
    confirm: 'Terminer pour tous',
    keep: 'Laisser continuer',
  },
  accounts: {
    title: 'Comptes',
    search: 'Nom ou adresse e-mail',
    find: 'Chercher',
    empty: {
      title: 'Aucun compte trouvé',
      text: 'Cherchez une autre partie du nom ou de l’adresse.',
    },
    seen: 'Vu pour la dernière fois : {time}',
    neverSeen: 'Jamais connecté depuis sa création',
    operator: 'Opérateur',
    blocked: 'Bloqué',
    block: 'Bloquer',
    blockNamed: 'Bloquer {name}',
    unblock: 'Débloquer',
    unblockNamed: 'Débloquer {name}',
    hint: 'Un compte bloqué est déconnecté partout aussitôt. Il reste dans son appel en cours.',
  },
  addresses: {
    title: 'Adresses bloquées',
    none: 'Aucune adresse n’est bloquée.',
    address: 'Adresse IP',
    addressHint: 'Par exemple 203.0.113.5 ou 2001:db8::1. En IPv6, tout le /64 est bloqué.',
    addressRefused: 'Ce n’est pas une adresse IP. Elle ressemble à 203.0.113.5 ou 2001:db8::1.',
    days: 'Pour combien de jours',
    daysRefused: 'Utilisez un nombre entier de 1 à 365.',
    note: 'Note pour les opérateurs',
    block: 'Bloquer l’adresse',
    until: 'jusqu’au {time}',
    unblock: 'Débloquer',
    unblockNamed: 'Débloquer {address}',
  },
  invitations: {
    title: 'Inviter quelqu’un',
    hint: 'Le lien permet de créer un compte, dans les sept jours.',
    email: 'Adresse e-mail (facultative)',
    emailHint: 'Si elle est indiquée, seule cette adresse peut utiliser le lien.',
    emailRefused: 'Ce n’est pas une adresse e-mail.',
    create: 'Créer une invitation',
    made: 'L’invitation est prête. Elle expire le {time}. Elle n’est montrée que maintenant, copiez-la.',
  },
} satisfies Translation<typeof english>;
