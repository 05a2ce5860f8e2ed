import type english from '../en/stage.ts';
import type { Translation } from '../../translation.ts';

export default {
  reconnecting: 'Reconectando…',
  alone: {
    title: 'Solo estás tú.',
    advice: 'Envía el enlace para invitar a otros.',
  },
  moveSelf: 'Mover tu imagen con las teclas de flecha',
  pager: {
    name: 'Páginas',
    previous: 'Página anterior',
    next: 'Página siguiente',
    place: '{page, number} de {pages, number}',
  },
  strip: {
    name: 'Más imágenes',
    previous: 'Imágenes anteriores',
    next: 'Imágenes siguientes',
  },
  quality: {
    lost: 'Conexión perdida',
    veryPoor: 'Conexión muy débil',
    poor: 'Conexión débil',
    good: 'Conexión buena',
    veryGood: 'Conexión muy buena',
  },
  cameraOf: '{name}, cámara',
  screen: {
    own: 'Tu pantalla',
    of: 'Pantalla de {name}',
    paused: 'Pantalla compartida en pausa',
    waiting: 'Esperando la pantalla…',
  },
  menu: {
    ofSelf: 'Opciones para tu imagen',
    of: 'Opciones para {name}',
    pin: 'Fijar',
    unpin: 'Dejar de fijar',
    fill: 'Llenar el recuadro',
    whole: 'Ver la imagen entera',
    automatic: 'Colocar automáticamente',
    float: 'Mostrar en una esquina',
    hide: 'Ocultar tu imagen',
    writePrivately: 'Escribir en privado',
  },
} satisfies Translation<typeof english>;
