import type english from '../en/acts.ts';
import type { Translation } from '../../translation.ts';

export default {
  muted: {
    title: '{name} a coupé votre micro',
    advice: 'Activez-le quand vous voulez parler.',
  },
  mutedForNow: {
    title: '{name} a coupé votre micro',
    advice:
      'Seuls les hôtes peuvent activer le micro pour le moment. Levez la main si vous voulez dire quelque chose.',
  },
  mutedByRules: {
    title: 'Votre micro est maintenant coupé',
    advice: 'Seuls les hôtes peuvent parler pour le moment. Levez la main si vous voulez dire quelque chose.',
  },
  asked: {
    title: '{name} vous demande d’activer votre micro',
    advice: 'Activez-le quand vous êtes prêt.',
  },
  unmute: 'Activer le micro',
  stopped: {
    title:
      '{source, select, camera {{name} a éteint votre caméra} other {{name} a arrêté votre partage d’écran}}',
    advice: 'Demandez avant de recommencer.',
  },
  stoppedByRules: {
    title:
      '{source, select, microphone {Votre micro est maintenant éteint} camera {Votre caméra est maintenant éteinte} other {Votre écran n’est plus partagé}}',
    advice: 'Votre rôle ou les réglages de la salle ne le permettent pas pour le moment.',
  },
  handLowered: {
    title: '{name} a baissé votre main',
    advice: 'Levez-la de nouveau si vous voulez encore dire quelque chose.',
  },
  roleChanged: {
    title:
      '{role, select, host {{name} a fait de vous un hôte} viewer {{name} vous laisse seulement regarder} other {{name} a fait de vous un participant}}',
    advice:
      '{role, select, host {Vous pouvez maintenant admettre des personnes, couper leur micro et les retirer.} viewer {Vous pouvez écouter, regarder et écrire.} other {Vous pouvez parler et montrer votre caméra.}}',
  },
  hostByRules: {
    title: 'Vous êtes maintenant l’hôte',
    advice:
      'Le dernier hôte est parti. Vous pouvez admettre des personnes, couper leur micro et les retirer.',
  },
  removed: {
    title: '{name} vous a retiré de l’appel',
    advice: 'Demandez à la personne qui dirige l’appel avant de revenir.',
  },
  banned: {
    title: '{name} vous a retiré définitivement de l’appel',
    advice: 'Vous ne pouvez pas revenir dans cette salle.',
  },
  ended: {
    title: '{name} a terminé l’appel pour tout le monde',
    advice: 'Démarrez-en un nouveau quand vous en avez besoin.',
  },
} satisfies Translation<typeof english>;
