import type english from '../en/basics.ts';
import type { Translation } from '../../translation.ts';

export default {
  language: 'Idioma',
  you: 'Tú',
  close: 'Cerrar',
  tryAgain: 'Reintentar',
  loading: 'Cargando…',
  reference: 'Referencia',
  copyLink: {
    idle: 'Copiar enlace',
    copied: 'Enlace copiado',
    failed: 'No copiado',
  },
  today: 'Hoy',
  yesterday: 'Ayer',
  lessThanMinute: 'menos de un minuto',
  measures: {
    kilobits: '{rate} kbit/s',
    megabits: '{rate} Mbit/s',
    percent: '{share} %',
    milliseconds: '{time} ms',
    resolution: '{size} a {rate}',
  },
} satisfies Translation<typeof english>;
