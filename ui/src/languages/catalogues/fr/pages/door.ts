import type english from '../../en/pages/door.ts';
import type { Translation } from '../../../translation.ts';

export default {
  waiting: {
    title: 'Vous attendez qu’on vous fasse entrer',
    nobody: 'Il n’y a encore personne dans l’appel. Dès qu’un hôte arrive, il voit que vous attendez.',
    hosts: 'Les personnes qui animent l’appel voient votre nom, {name}. L’une d’elles vous fera entrer.',
    lost: 'La connexion est perdue. Cette page continue d’elle-même dès son retour.',
    unseen: 'Personne ne vous voit ni ne vous entend avant votre entrée.',
    leave: 'Ne plus attendre',
  },
  elsewhere: {
    title: 'Vous êtes déjà dans cet appel',
    advice: 'Il est ouvert sur un autre appareil ou dans un autre onglet de ce navigateur.',
    move: 'Continuer ici',
    moveAdvice: 'L’appel se termine là-bas. Si votre micro y est coupé, il le reste ici.',
    add: 'Participer ici aussi',
    addAdvice: 'Vous serez deux fois dans l’appel. Coupez l’un des micros pour éviter l’écho.',
  },
  passcode: {
    label: 'Code d’accès',
    hint: 'Il se trouve dans l’invitation.',
    missing: 'Saisissez le code d’accès de l’appel.',
    wrong: 'Ce n’est pas le code d’accès. Regardez encore l’invitation.',
    limited: 'Trop de codes ont été essayés. Réessayez dans {duration}.',
  },
  refused: {
    opensAt: 'Elle ouvre le {when}. Cette page continuera alors d’elle-même.',
    retryIn: 'Réessayez dans {duration}.',
  },
  knocks: {
    heading: 'En attente d’entrer ({count, number})',
    one: '{name} souhaite entrer',
    several:
      '{count, plural, one {# personne souhaite entrer} many {# personnes souhaitent entrer} other {# personnes souhaitent entrer}}',
    admit: 'Faire entrer',
    admitNamed: 'Faire entrer {name}',
    admitAll: 'Faire entrer tout le monde',
    deny: 'Ne pas faire entrer',
    block: 'Ne pas faire entrer et bloquer',
    guest: 'Invité',
    show: 'Afficher',
  },
  blocking: {
    title: 'Bloquer {name} ?',
    guest:
      '{name} ne pourra pas entrer dans cette salle pendant 24 heures, ni les autres invités du même réseau.',
    account: '{name} ne pourra pas entrer dans cette salle tant que vous n’aurez pas levé le blocage.',
    confirm: 'Bloquer',
  },
} satisfies Translation<typeof english>;
