import type english from '../en/call.ts';
import type { Translation } from '../../translation.ts';

export default {
  toasts: {
    linkCopied: 'Enlace copiado',
    linkNotCopied: 'El enlace no se ha copiado. Cópialo de la barra de direcciones.',
    noVideo: 'Ahora mismo no hay ningún vídeo que separar',
    noPictureInPicture: 'Este navegador no ha abierto la imagen en imagen',
  },
  heading: 'Llamada {code}',
  joining: 'Uniéndote a la llamada…',
  reconnecting: 'Reconectando…',
  leaveQuestion: {
    title: '¿Salir de la llamada?',
    description: 'Puedes volver con el mismo enlace.',
    leave: 'Salir',
    stay: 'Quedarme',
  },
  voicesOnly: {
    title: 'Solo voces',
    showPictures: 'Mostrar imágenes',
  },
  panel: {
    close: 'Cerrar el panel',
    chat: 'Chat',
    people: 'Participantes',
    statistics: 'Estadísticas',
  },
} satisfies Translation<typeof english>;
