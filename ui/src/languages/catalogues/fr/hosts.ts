import type english from '../en/hosts.ts';
import type { Translation } from '../../translation.ts';

export default {
  roles: {
    owner: 'Propriétaire',
    host: 'Hôte',
    viewer: 'Spectateur',
  },
  menu: {
    mute: 'Couper le micro',
    ask: 'Demander d’activer le micro',
    stopCamera: 'Éteindre la caméra',
    stopScreen: 'Arrêter le partage d’écran',
    lowerHand: 'Baisser la main',
    makeHost: 'Nommer hôte',
    makeParticipant: 'Nommer participant',
    makeViewer: 'Nommer spectateur',
    handOver: 'Transmettre le rôle d’hôte',
    remove: 'Retirer de l’appel',
    ban: 'Exclure de la salle',
  },
  questions: {
    makeViewer: {
      title: 'Nommer {name} spectateur ?',
      text: 'Un spectateur peut écouter, regarder et écrire, mais ni parler, ni montrer sa caméra, ni partager son écran.',
      confirm: 'Nommer spectateur',
    },
    handOver: {
      title: 'Transmettre à {name} ?',
      text: '{name} devient hôte, et vous devenez participant.',
      confirm: 'Transmettre',
    },
    remove: {
      title: 'Retirer {name} de l’appel ?',
      text: '{name} peut revenir avec le lien.',
      confirm: 'Retirer',
    },
    ban: {
      title: 'Exclure {name} de la salle ?',
      text: '{name} quitte l’appel maintenant et ne peut pas revenir : avec un compte jusqu’à la levée de l’exclusion, comme invité pendant 24 heures. D’ici là, aucun autre invité du même réseau n’entre non plus.',
      confirm: 'Exclure',
    },
    endCall: {
      title: 'Terminer l’appel pour tout le monde ?',
      text: 'Tout le monde quitte l’appel maintenant, vous aussi.',
      confirm: 'Terminer pour tous',
    },
  },
  cancel: 'Annuler',
  panel: {
    open: 'Commandes de l’hôte',
    title: 'Commandes de l’hôte',
    description: 'Ce que vous changez ici s’applique tout de suite à toutes les personnes de l’appel.',
    muteAll: 'Couper tous les micros',
    stayMuted: 'Couper tous les micros, sans pouvoir les activer',
    lowerHands: 'Baisser toutes les mains',
    endCall: 'Terminer l’appel pour tous',
  },
  leaveMenu: 'Autres façons de quitter',
  denied: {
    microphone: {
      viewer: 'Vous êtes spectateur : vous pouvez écouter, pas parler',
      settings: 'Seuls les hôtes peuvent parler pour le moment. Levez la main si vous voulez parler',
    },
    camera: {
      viewer: 'Vous êtes spectateur : vous ne pouvez pas montrer de caméra',
      settings: 'Seuls les hôtes peuvent allumer la caméra pour le moment',
    },
    screen: {
      viewer: 'Vous êtes spectateur : vous ne pouvez pas partager d’écran',
      settings: 'Seuls les hôtes peuvent partager un écran pour le moment',
    },
    chat: {
      viewer: 'Seuls les hôtes peuvent écrire dans le chat pour le moment',
      settings: 'Seuls les hôtes peuvent écrire dans le chat pour le moment',
    },
  },
  newHost: '{name} est maintenant hôte',
} satisfies Translation<typeof english>;
