import type english from '../../en/pages/history.ts';
import type { Translation } from '../../../translation.ts';

export default {
  title: 'Appels passés',
  empty: {
    title: 'Pas encore d’appel',
    text: 'Quand un appel est terminé, il apparaît ici : qui était là, combien de temps, et ce qui a été dit à tous.',
  },
  running: 'En cours, depuis {time}',
  entries: '{count, plural, one {# arrivée} many {# d’arrivées} other {# arrivées}}',
  callTitle: 'Appel du {time}',
  back: 'Tous les appels de cette salle',
  toRoom: 'Vers la salle',
  cut: 'Cet appel est plus long que ce qui est montré et exporté ici.',
  people: {
    title: 'Qui était là',
    name: 'Nom',
    joined: 'Arrivée',
    left: 'Départ',
    stayed: 'Durée',
    there: 'est là',
    deleted: 'Une personne dont le compte a été supprimé',
    guest: 'invité',
  },
  chat: {
    title: 'Ce qui a été dit à tous',
    none: 'Rien n’a été écrit à tous, ou cela a été supprimé.',
  },
  acts: {
    title: 'Ce que les hôtes ont fait',
    none: 'Les hôtes n’ont rien fait envers les autres pendant cet appel.',
    rules: 'Les règles de la salle',
    anOperator: 'Un opérateur du serveur',
    muted: '{by} a coupé le micro de {to}',
    'asked-to-unmute': '{by} a demandé à {to} d’activer son micro',
    stopped:
      '{by} a arrêté ce que {to} envoyait : {detail, select, camera {caméra} microphone {micro} other {écran}}',
    'hand-lowered': '{by} a baissé la main de {to}',
    'role-changed':
      '{by} a changé le rôle de {to} : {detail, select, host {hôte} viewer {spectateur} other {participant}}',
    removed: '{by} a retiré {to}',
    banned: '{by} a exclu {to}',
    unbanned: '{by} a levé l’exclusion de {to}',
    admitted: '{by} a fait entrer {to}',
    denied: '{by} n’a pas fait entrer {to}',
    'all-muted': '{by} a coupé tous les micros',
    'hands-lowered': '{by} a baissé toutes les mains',
    locked: '{by} a verrouillé la salle',
    unlocked: '{by} a déverrouillé la salle',
    'settings-changed': '{by} a changé les réglages',
    'chat-cleared': '{by} a vidé le chat',
    'call-ended': '{by} a terminé l’appel pour tous',
  },
  export: {
    title: 'Enregistrer cet appel',
    json: 'Tout (JSON)',
    attendance: 'Qui était là (CSV)',
    chat: 'Le chat (CSV)',
    acts: 'Ce que les hôtes ont fait (CSV)',
  },
} satisfies Translation<typeof english>;
