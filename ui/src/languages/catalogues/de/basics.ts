import type english from '../en/basics.ts';
import type { Translation } from '../../translation.ts';

export default {
  language: 'Sprache',
  you: 'Du',
  close: 'Schließen',
  tryAgain: 'Erneut versuchen',
  loading: 'Wird geladen …',
  reference: 'Referenz',
  copyLink: {
    idle: 'Link kopieren',
    copied: 'Link kopiert',
    failed: 'Nicht kopiert',
  },
  today: 'Heute',
  yesterday: 'Gestern',
  lessThanMinute: 'weniger als eine Minute',
  measures: {
    kilobits: '{rate} kbit/s',
    megabits: '{rate} Mbit/s',
    percent: '{share} %',
    milliseconds: '{time} ms',
    resolution: '{size} mit {rate}',
  },
} satisfies Translation<typeof english>;
