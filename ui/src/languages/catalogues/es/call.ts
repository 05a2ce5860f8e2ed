import type english from '../en/call.ts';
import type { Translation } from '../../translation.ts';

export default {
  toasts: {
    linkCopied: 'Enlace copiado',
    linkNotCopied: 'El enlace no se ha copiado. Cópialo de la barra de direcciones.',
    noVideo: 'Ahora mismo no hay ningún vídeo que separar',
    noPictureInPicture: 'Este navegador no ha abierto la imagen en imagen',
  },
} satisfies Translation<typeof english>;
