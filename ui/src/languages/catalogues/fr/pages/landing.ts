import type english from '../../en/pages/landing.ts';
import type { Translation } from '../../../translation.ts';

export default {
  description: 'Des appels vidéo sereins, sur votre propre serveur.',
  title: 'Des appels vidéo sur votre propre serveur.',
  pitch:
    'Pas de compte, rien à installer. Lancez un appel, envoyez le lien, parlez. Tout reste sur ce serveur.',
  startOrJoin: 'Lancer ou rejoindre',
  orJoin: 'ou en rejoindre un',
  newCall: 'Nouvel appel',
  accountsStart:
    'Sur ce serveur, ce sont les personnes ayant un compte qui lancent les appels. Vous pouvez en rejoindre un en tant qu’invité.',
  accountsOnly: 'Les appels de ce serveur sont réservés aux personnes ayant un compte.',
  join: {
    codeOrLink: 'Code ou lien',
    hint: 'Vous pouvez aussi coller le lien d’un appel.',
    empty: 'Saisissez d’abord un code ou collez un lien.',
    noCode: 'Aucun code d’appel comme {example} ne s’y trouve.',
    submit: 'Rejoindre l’appel',
  },
} satisfies Translation<typeof english>;
