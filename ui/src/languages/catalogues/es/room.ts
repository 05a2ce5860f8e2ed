import type english from '../en/room.ts';
import type { Translation } from '../../translation.ts';

export default {
  titles: {
    call: 'Llamada',
    check: 'Comprobar la conexión',
    notFound: 'No encontrada',
    room: 'Sala',
    rooms: 'Mis salas',
    newRoom: 'Nueva sala',
    visits: 'Salas en las que estuve',
    calls: 'Llamadas anteriores',
    operator: 'El servidor',
  },
  brand: 'Parley, a la página de inicio',
  toStart: 'Ir a la página de inicio',
  rejoin: 'Volver a unirse',
  checkConnection: 'Comprueba tu conexión',
  waitingForNetwork: 'Esta página continúa sola cuando la red lo permite.',
  waitingForServer: 'Esta página continúa sola cuando el servidor responde.',
  devicesNotOpened: 'No se han abierto ni la cámara ni el micrófono.',
  lack: {
    old: {
      title: 'Este navegador es demasiado antiguo para las llamadas',
      advice: 'Actualízalo o abre esta página en una versión actual de Chrome, Edge, Firefox o Safari.',
    },
    webrtc: {
      title: 'Tal como está configurado, este navegador no puede hacer llamadas',
      advice:
        'WebRTC, que transporta el sonido y el vídeo, está desactivado. Actívalo en los ajustes o las extensiones de este navegador, desactiva el modo de aislamiento para esta página o ábrela en otro navegador.',
    },
  },
  late: {
    title: 'La página aún no está completa',
    advice: 'Falta por llegar una parte. Comprueba tu red y vuelve a cargar la página.',
  },
  malformed: {
    title: 'Esto no es un enlace de llamada',
    advice:
      'Puede que falte una parte del enlace. Escribe aquí el código (se parece a abcd-efgh-jkm) o inicia una llamada nueva.',
  },
  failed: {
    prepare: 'Revisar cámara y micrófono',
  },
  left: {
    title: 'Has salido de la llamada',
    devicesOff: 'Tu cámara y tu micrófono están apagados.',
    afterTime: 'Has estado en la llamada {duration}. Tu cámara y tu micrófono están apagados.',
  },
  notFound: {
    title: 'Esta página no existe',
    advice: 'Puede que la dirección tenga un error o que la página se haya eliminado.',
  },
  offline: {
    title: 'Sin conexión',
    advice: 'No se puede contactar con Parley. Comprueba tu red e inténtalo de nuevo.',
  },
} satisfies Translation<typeof english>;
