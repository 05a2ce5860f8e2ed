import type english from '../../en/pages/rooms.ts';
import type { Translation } from '../../../translation.ts';

export default {
  title: 'Mis salas',
  visitsTitle: 'Salas en las que estuve',
  nav: 'Páginas de tus salas',
  operator: 'Servidor',
  new: 'Nueva sala',
  guest: {
    text: 'Estas salas pertenecen a este navegador. Con una cuenta las conservas y las tienes en todos tus dispositivos.',
    register: 'Crear una cuenta',
    logIn: 'Iniciar sesión',
  },
  empty: {
    title: 'Aún no hay salas',
    text: 'Una sala conserva su enlace. Crea una para el equipo, el coro o la familia.',
  },
  untitled: 'Sala sin nombre',
  people:
    '{count, plural, =0 {Ahora no hay nadie} one {Ahora hay una persona} many {Ahora hay # de personas} other {Ahora hay # personas}}',
  join: 'Entrar',
  joinNamed: 'Entrar en {room}',
  settings: 'Ajustes',
  settingsNamed: 'Ajustes de {room}',
  history: 'Llamadas anteriores',
  historyNamed: 'Llamadas anteriores de {room}',
  more: 'Ver más',
  back: 'Volver a mis salas',
  name: {
    label: 'Nombre de la sala',
    hint: 'Todos lo ven en la llamada. Puede quedar vacío.',
    refused:
      'Ese nombre es demasiado largo o tiene signos que no se pueden mostrar. Usa 120 caracteres como máximo.',
  },
  create: {
    intro: 'Elige cómo funciona, o deja todo como está. Puedes cambiarlo cuando quieras.',
    submit: 'Crear la sala',
  },
  link: {
    title: 'Enlace',
    hint: 'Envíalo a quienes deban venir.',
  },
  notYours: {
    title: 'No diriges esta sala',
    advice:
      'Solo su dueño, y los anfitriones durante la llamada, pueden abrir esta página. Si es tuya, inicia sesión o usa el navegador en que la creaste.',
  },
  bans: {
    title: 'Personas que no pueden entrar',
    none: 'Nadie está expulsado de esta sala.',
    by: 'Expulsado por {name}',
    until: 'hasta el {time}',
    forGood: 'hasta que lo quites',
    lift: 'Dejar entrar de nuevo',
    liftNamed: 'Dejar entrar de nuevo a {name}',
  },
  delete: {
    title: 'Eliminar la sala',
    text: 'Su enlace deja de funcionar, la llamada en curso termina, y se borran el chat, las llamadas anteriores y las expulsiones. No se puede deshacer.',
    button: 'Eliminar…',
    question: '¿Eliminar {room}?',
    confirm: 'Eliminar para siempre',
    keep: 'Conservar la sala',
  },
  visits: {
    empty: {
      title: 'Aún no hay llamadas',
      text: 'Las llamadas en las que estuviste aparecen aquí un tiempo.',
    },
    as: 'como {name}',
    now: 'desde {time}, estás ahí ahora',
    past: '{time}, durante {duration}',
  },
} satisfies Translation<typeof english>;
