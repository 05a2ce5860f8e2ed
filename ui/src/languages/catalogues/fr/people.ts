import type english from '../en/people.ts';
import type { Translation } from '../../translation.ts';

export default {
  name: {
    changed: 'Votre nom a été modifié',
    notChanged: 'Votre nom n’a pas été modifié. {reason}.',
    late: 'Le serveur est injoignable. Votre nom changera dès son retour.',
    saving: 'Enregistrement…',
    missing: 'Saisissez votre nom pour que les autres sachent qui vous êtes.',
    noLetter:
      'Un nom contient au moins une lettre ou un chiffre. Ajoutez-en un pour que les autres puissent vous appeler.',
    tooLong: 'Ce nom est trop long. Choisissez-en un plus court.',
    cannotBeShown:
      'Ce nom contient des caractères qui ne peuvent pas être affichés. Effacez-le et saisissez-le à nouveau.',
  },
  sections: {
    raisedHands: 'Mains levées ({count, number})',
    everyoneElse: 'Tous les autres ({count, number})',
    inCall: 'Dans l’appel ({count, number})',
    viewers: 'Spectateurs ({count, number})',
  },
  crowd: {
    title: 'Dans l’appel ({count, number}), dont {viewers, number} regardent',
    search: 'Chercher un nom',
    more: 'Afficher plus de personnes',
    nobody: 'Personne ici ne s’appelle ainsi.',
  },
  row: {
    you: '(vous)',
    reconnecting: 'Reconnexion…',
    handRaised: 'Main levée',
    sharing: 'Partage l’écran',
    sharePaused: 'Partage d’écran en pause',
    microphoneOn: 'Micro activé',
    muted: 'Micro coupé',
    cameraOn: 'Caméra activée',
    cameraOff: 'Caméra coupée',
  },
  menu: {
    label: 'Options pour {name}',
    pin: 'Épingler',
    unpin: 'Désépingler',
    writePrivately: 'Écrire en privé',
  },
  summary: {
    self: '{name} (vous)',
    and: '{states}, {state}',
    host: 'hôte',
    viewer: 'spectateur',
    speaking: 'parle',
    muted: 'micro coupé',
    cameraOff: 'caméra coupée',
    sharing: 'partage l’écran',
    sharePaused: 'partage d’écran en pause',
    handRaised: 'main levée',
    reconnecting: 'reconnexion',
    poorConnection: 'connexion faible',
  },
} satisfies Translation<typeof english>;
