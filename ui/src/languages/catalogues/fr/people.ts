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
} satisfies Translation<typeof english>;
