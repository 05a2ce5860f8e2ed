import type english from '../en/screen.ts';
import type { Translation } from '../../translation.ts';

export default {
  notShared: 'Tu pantalla no se comparte',
  blocked: {
    title: 'Este navegador no tiene permiso para grabar tu pantalla',
    onMac:
      'Abre Ajustes del Sistema, «Privacidad y seguridad», «Grabación de pantalla y audio del sistema», y activa este navegador. Después cierra el navegador del todo y vuelve a abrirlo.',
    elsewhere:
      'Permite la grabación de pantalla para este navegador en los ajustes de tu sistema, y para esta página en los ajustes del navegador. Después comparte de nuevo.',
  },
  errors: {
    screen_share_unsupported: {
      title: 'Este navegador no puede compartir la pantalla',
      advice:
        'Los navegadores de teléfonos y tabletas no pueden. Para compartir, únete con Chrome, Edge, Firefox o Safari en un ordenador.',
    },
    screen_sound_failed: {
      title: 'No se ha podido compartir el sonido de tu pantalla',
      advice: 'Pulsa otra vez «Compartir pantalla»: tu pantalla se compartirá sin sonido.',
    },
    insecure_origin: {
      title: 'Compartir la pantalla requiere una dirección segura',
      advice:
        'Los navegadores solo lo permiten en direcciones https:// y en localhost. Abre la dirección https:// de este servidor.',
    },
    device_not_found: {
      title: 'No había ninguna pantalla ni ventana que compartir',
      advice: 'Abre la ventana que quieres compartir y comparte de nuevo.',
    },
    device_busy: {
      title: 'Tu sistema no ha dado la imagen de tu pantalla',
      advice: 'Cierra otros programas que graben la pantalla, o comparte una ventana o una pestaña.',
    },
    device_failed: {
      title: 'No se ha empezado a compartir tu pantalla',
      advice: 'Pulsa otra vez «Compartir pantalla». Si tampoco funciona, comparte una ventana o una pestaña.',
    },
  },
  share: {
    paused: {
      title: 'Tu pantalla compartida está en pausa',
      detail: 'Los demás no ven ni oyen nada de ella.',
    },
    running: {
      title: 'Estás compartiendo tu pantalla',
      seen: 'Todos la ven.',
      seenAndHeard: 'Todos la ven y oyen su sonido.',
    },
  },
} satisfies Translation<typeof english>;
