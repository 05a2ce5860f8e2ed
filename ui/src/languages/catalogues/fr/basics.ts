import type english from '../en/basics.ts';
import type { Translation } from '../../translation.ts';

export default {
  language: 'Langue',
  you: 'Vous',
  close: 'Fermer',
  tryAgain: 'Réessayer',
  loading: 'Chargement…',
  reference: 'Référence',
  copyLink: {
    idle: 'Copier le lien',
    copied: 'Lien copié',
    failed: 'Non copié',
  },
  today: 'Aujourd’hui',
  yesterday: 'Hier',
  lessThanMinute: 'moins d’une minute',
  measures: {
    kilobits: '{rate} kbit/s',
    megabits: '{rate} Mbit/s',
    percent: '{share} %',
    milliseconds: '{time} ms',
    resolution: '{size} à {rate}',
  },
} satisfies Translation<typeof english>;
