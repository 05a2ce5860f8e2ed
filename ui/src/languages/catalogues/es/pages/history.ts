import type english from '../../en/pages/history.ts';
import type { Translation } from '../../../translation.ts';

export default {
  title: 'Llamadas anteriores',
  empty: {
    title: 'Aún no hay llamadas',
    text: 'Cuando una llamada termina aparece aquí: quién estuvo, cuánto tiempo y qué se dijo a todos.',
  },
  running: 'En curso, desde {time}',
  entries: '{count, plural, one {# entrada} many {# de entradas} other {# entradas}}',
  callTitle: 'Llamada del {time}',
  back: 'Todas las llamadas de esta sala',
  toRoom: 'A la sala',
  cut: 'Esta llamada es más larga que lo que se muestra y exporta aquí.',
  people: {
    title: 'Quién estuvo',
    name: 'Nombre',
    joined: 'Llegó',
    left: 'Se fue',
    stayed: 'Duración',
    there: 'está',
    deleted: 'Alguien cuya cuenta se eliminó',
    guest: 'invitado',
  },
  chat: {
    title: 'Lo que se dijo a todos',
    none: 'No se escribió nada a todos, o se borró.',
  },
  acts: {
    title: 'Lo que hicieron los anfitriones',
    none: 'Los anfitriones no hicieron nada a otros en esta llamada.',
    rules: 'Las reglas de la sala',
    anOperator: 'Un operador del servidor',
    muted: '{by} silenció a {to}',
    'asked-to-unmute': '{by} pidió a {to} que activara el micrófono',
    stopped:
      '{by} detuvo lo que {to} enviaba: {detail, select, camera {cámara} microphone {micrófono} other {pantalla}}',
    'hand-lowered': '{by} bajó la mano de {to}',
    'role-changed':
      '{by} cambió el papel de {to}: {detail, select, host {anfitrión} viewer {espectador} other {participante}}',
    removed: '{by} sacó a {to}',
    banned: '{by} expulsó a {to}',
    unbanned: '{by} quitó la expulsión de {to}',
    admitted: '{by} dejó entrar a {to}',
    denied: '{by} no dejó entrar a {to}',
    'all-muted': '{by} silenció a todos',
    'hands-lowered': '{by} bajó todas las manos',
    locked: '{by} cerró la sala con llave',
    unlocked: '{by} abrió la sala',
    'settings-changed': '{by} cambió los ajustes',
    'chat-cleared': '{by} vació el chat',
    'call-ended': '{by} terminó la llamada para todos',
  },
  export: {
    title: 'Guardar esta llamada',
    json: 'Todo (JSON)',
    attendance: 'Quién estuvo (CSV)',
    chat: 'El chat (CSV)',
    acts: 'Lo que hicieron los anfitriones (CSV)',
  },
} satisfies Translation<typeof english>;
