import type english from '../en/notices.ts';
import type { Translation } from '../../translation.ts';

export default {
  list: 'Avisos',
  dismiss: 'Descartar',
  turnOnSound: 'Activar el sonido',
  showPictures: 'Mostrar las imágenes',
  voicesOnly: 'Solo voces',
  check: 'Comprobar',
  failed: {
    title: 'Eso no ha funcionado',
    advice: 'Inténtalo de nuevo.',
  },
  replaced:
    '{device, select, microphone {Ahora se usa otro. Siléncialo si no quieres esto.} camera {Ahora se usa otra. Apágala si no quieres esto.} other {Ahora se usan otros. Apágalos si no quieres esto.}}',
  'speaker-unplugged': {
    title: 'Tu altavoz se ha desconectado',
    advice: 'El sonido sale ahora por el altavoz predeterminado.',
  },
  'screen-sound-left-out': {
    title: 'Tu pantalla se comparte sin su sonido',
    advice: 'Comparte una pestaña para compartir el sonido de esa pestaña.',
  },
  'screen-share-ended': {
    title: 'Tu pantalla ya no se comparte',
    advice: 'Se ha detenido en el navegador o desde tu sistema, o se ha cerrado la ventana.',
  },
  'network-poor': {
    title: 'Tu conexión es débil',
    advice: 'Sin imágenes quizá oigas mejor a los demás.',
  },
  'computer-busy': {
    title: 'Tu ordenador está muy ocupado',
    advice:
      'Hasta que vuelva a dar abasto, puede que veas menos imágenes o que la tuya se envíe más pequeña.',
  },
  reconnected: {
    title: 'Vuelves a tener conexión',
  },
  'media-restored': {
    title: 'El sonido y el vídeo han vuelto',
  },
  'no-media': {
    title: 'El sonido y las imágenes no llegan',
    advice:
      'Un cortafuegos, una VPN o un ajuste de esta red los bloquea. Prueba con otra red o comprueba la conexión.',
  },
  'autoplay-blocked': {
    title: 'El navegador ha bloqueado el sonido',
    advice: 'Actívalo para oír a los demás.',
  },
  'pictures-limited': {
    title: 'Las imágenes están limitadas por ahora',
    advice:
      'Ahora mismo hay mucha gente en llamadas. Sigues oyendo a todos, y llegarán más imágenes cuando haya sitio.',
  },
  'pictures-blocked': {
    title: 'El navegador ha detenido las imágenes',
    advice: 'Puede que ahorre batería. Vuelve a mostrarlas para ver a los demás.',
  },
} satisfies Translation<typeof english>;
