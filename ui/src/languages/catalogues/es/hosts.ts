import type english from '../en/hosts.ts';
import type { Translation } from '../../translation.ts';

export default {
  roles: {
    owner: 'Propietario',
    host: 'Anfitrión',
    viewer: 'Espectador',
  },
  menu: {
    mute: 'Silenciar',
    ask: 'Pedir que active el micrófono',
    stopCamera: 'Apagar la cámara',
    stopScreen: 'Detener la pantalla compartida',
    lowerHand: 'Bajar la mano',
    makeHost: 'Hacer anfitrión',
    makeParticipant: 'Hacer participante',
    makeViewer: 'Hacer espectador',
    handOver: 'Ceder el papel de anfitrión',
    remove: 'Quitar de la llamada',
    ban: 'Vetar en la sala',
  },
  questions: {
    makeViewer: {
      title: '¿Hacer espectador a {name}?',
      text: 'Un espectador puede escuchar, mirar y escribir, pero no hablar, mostrar la cámara ni compartir la pantalla.',
      confirm: 'Hacer espectador',
    },
    handOver: {
      title: '¿Ceder el papel a {name}?',
      text: '{name} será anfitrión y tú serás participante.',
      confirm: 'Ceder',
    },
    remove: {
      title: '¿Quitar a {name} de la llamada?',
      text: '{name} puede volver con el enlace.',
      confirm: 'Quitar',
    },
    ban: {
      title: '¿Vetar a {name} en la sala?',
      text: '{name} sale ahora y no puede volver: con una cuenta hasta que se levante el veto, como invitado durante 24 horas. Hasta entonces tampoco entra ningún otro invitado de la misma red.',
      confirm: 'Vetar',
    },
    endCall: {
      title: '¿Terminar la llamada para todos?',
      text: 'Todos salen de la llamada ahora, tú también.',
      confirm: 'Terminar para todos',
    },
  },
  cancel: 'Cancelar',
  panel: {
    open: 'Controles del anfitrión',
    title: 'Controles del anfitrión',
    description: 'Lo que cambies aquí se aplica enseguida a todas las personas de la llamada.',
    muteAll: 'Silenciar a todos',
    stayMuted: 'Silenciar a todos, sin que puedan activarlo',
    lowerHands: 'Bajar todas las manos',
    endCall: 'Terminar la llamada para todos',
  },
  leaveMenu: 'Otras formas de salir',
  denied: {
    microphone: {
      viewer: 'Eres espectador: puedes escuchar, no hablar',
      settings: 'Por el momento solo pueden hablar los anfitriones. Levanta la mano si quieres hablar',
    },
    camera: {
      viewer: 'Eres espectador: no puedes mostrar la cámara',
      settings: 'Por el momento solo los anfitriones pueden encender la cámara',
    },
    screen: {
      viewer: 'Eres espectador: no puedes compartir la pantalla',
      settings: 'Por el momento solo los anfitriones pueden compartir la pantalla',
    },
    chat: {
      viewer: 'Por el momento solo los anfitriones pueden escribir en el chat',
      settings: 'Por el momento solo los anfitriones pueden escribir en el chat',
    },
  },
  newHost: '{name} es ahora anfitrión',
} satisfies Translation<typeof english>;
