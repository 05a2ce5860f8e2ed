import type english from '../../en/pages/operator.ts';
import type { Translation } from '../../../translation.ts';

export default {
  title: 'El servidor',
  notForYou: {
    title: 'Esta página es para operadores',
    advice: 'Inicia sesión con una cuenta que gestione este servidor. Quien lo instaló puede crear una.',
    logIn: 'Iniciar sesión',
  },
  live: {
    title: 'Llamadas en curso',
    empty: {
      title: 'Ninguna llamada en curso',
      text: 'En cuanto alguien entre en una sala, aparecerá aquí.',
    },
    people: '{count, plural, one {# persona} many {# de personas} other {# personas}}, desde {time}',
    nodes: 'Nodos de medios: {nodes}',
    owner: {
      account: 'Dueño: {name}',
      guest: 'Dueño: un invitado',
      unknown: 'Dueño: desconocido',
    },
    end: 'Terminar la llamada…',
    endNamed: 'Terminar la llamada en {room}',
    question: '¿Terminar la llamada en {room}?',
    consequence:
      'Se saca a todos y leen que un operador la terminó. La sala se queda, y su dueño lo ve en el historial.',
    confirm: 'Terminar para todos',
    keep: 'Dejar que siga',
  },
  accounts: {
    title: 'Cuentas',
    search: 'Nombre o correo electrónico',
    find: 'Buscar',
    empty: {
      title: 'No se encontró ninguna cuenta',
      text: 'Busca otra parte del nombre o del correo.',
    },
    seen: 'Visto por última vez: {time}',
    neverSeen: 'Sin iniciar sesión desde que se creó',
    operator: 'Operador',
    blocked: 'Bloqueada',
    block: 'Bloquear',
    blockNamed: 'Bloquear a {name}',
    unblock: 'Desbloquear',
    unblockNamed: 'Desbloquear a {name}',
    hint: 'Una cuenta bloqueada cierra sesión en todas partes al instante. Sigue en la llamada en que esté.',
  },
  addresses: {
    title: 'Direcciones bloqueadas',
    none: 'Ninguna dirección está bloqueada.',
    address: 'Dirección IP',
    addressHint: 'Por ejemplo 203.0.113.5 o 2001:db8::1. En IPv6 se bloquea todo el /64.',
    addressRefused: 'No es una dirección IP. Se parece a 203.0.113.5 o 2001:db8::1.',
    days: 'Durante cuántos días',
    daysRefused: 'Usa un número entero del 1 al 365.',
    note: 'Nota para operadores',
    block: 'Bloquear la dirección',
    until: 'hasta el {time}',
    unblock: 'Desbloquear',
    unblockNamed: 'Desbloquear {address}',
  },
  invitations: {
    title: 'Invitar a alguien',
    hint: 'El enlace permite crear una cuenta, en siete días.',
    email: 'Correo electrónico (opcional)',
    emailHint: 'Si lo indicas, solo esa dirección puede usar el enlace.',
    emailRefused: 'No es una dirección de correo.',
    create: 'Crear una invitación',
    made: 'La invitación está lista. Termina el {time}. Solo se muestra ahora, así que cópiala.',
  },
} satisfies Translation<typeof english>;
