import type english from '../../en/pages/rooms.ts';
import type { Translation } from '../../../translation.ts';

export default {
  title: 'Mes salles',
  visitsTitle: 'Salles où j’étais',
  nav: 'Pages de vos salles',
  operator: 'Serveur',
  new: 'Nouvelle salle',
  guest: {
    text: 'Ces salles appartiennent à ce navigateur. Avec un compte, vous les gardez et les retrouvez sur chaque appareil.',
    register: 'Créer un compte',
    logIn: 'Se connecter',
  },
  empty: {
    title: 'Pas encore de salle',
    text: 'Une salle garde son lien. Créez-en une pour l’équipe, la chorale ou la famille.',
  },
  untitled: 'Salle sans nom',
  people:
    '{count, plural, =0 {Il n’y a personne} one {Une personne est là} many {# de personnes sont là} other {# personnes sont là}}',
  join: 'Rejoindre',
  joinNamed: 'Rejoindre {room}',
  settings: 'Réglages',
  settingsNamed: 'Réglages de {room}',
  history: 'Appels passés',
  historyNamed: 'Appels passés de {room}',
  more: 'En voir plus',
  back: 'Retour à mes salles',
  name: {
    label: 'Nom de la salle',
    hint: 'Tout le monde le voit pendant l’appel. Il peut rester vide.',
    refused: 'Ce nom est trop long ou contient des signes impossibles à afficher. 120 caractères au plus.',
  },
  create: {
    intro: 'Choisissez son fonctionnement, ou laissez tout ainsi. Vous pourrez changer à tout moment.',
    submit: 'Créer la salle',
  },
  link: {
    title: 'Lien',
    hint: 'Envoyez-le à toutes les personnes attendues.',
  },
  notYours: {
    title: 'Vous n’animez pas cette salle',
    advice:
      'Seul son propriétaire, et les hôtes pendant l’appel, peuvent ouvrir cette page. Si elle est à vous, connectez-vous ou utilisez le navigateur où vous l’avez créée.',
  },
  bans: {
    title: 'Personnes qui ne peuvent pas entrer',
    none: 'Personne n’est exclu de cette salle.',
    by: 'Exclu par {name}',
    until: 'jusqu’au {time}',
    forGood: 'jusqu’à ce que vous le leviez',
    lift: 'Laisser entrer à nouveau',
    liftNamed: 'Laisser entrer à nouveau {name}',
  },
  delete: {
    title: 'Supprimer la salle',
    text: 'Son lien cesse de marcher, un appel en cours se termine, et le chat, les appels passés et les exclusions sont supprimés. C’est définitif.',
    button: 'Supprimer…',
    question: 'Supprimer {room} ?',
    confirm: 'Supprimer définitivement',
    keep: 'Garder la salle',
  },
  visits: {
    empty: {
      title: 'Pas encore d’appel',
      text: 'Les appels auxquels vous avez participé restent ici un moment.',
    },
    as: 'en tant que {name}',
    now: 'depuis {time}, vous y êtes',
    past: '{time}, pendant {duration}',
  },
} satisfies Translation<typeof english>;
