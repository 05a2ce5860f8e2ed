import type english from '../en/errors.ts';
import type { Translation } from '../../translation.ts';

export default {
  invalid_request: {
    title: 'Algo ha salido mal en el servidor',
    advice: 'Puede que esta página sea más antigua que el servidor. Vuelve a cargarla e inténtalo de nuevo.',
  },
  invalid_room_code: {
    title: 'Esto no es un código de llamada',
    advice: 'Un código se parece a abcd-efgh-jkm. Compruébalo o inicia una llamada nueva.',
  },
  payload_too_large: {
    title: 'Esto es demasiado largo',
    advice: 'Acórtalo y envíalo de nuevo.',
  },
  files_full: {
    title: 'No caben más archivos en esta llamada',
    advice: 'Elimina un mensaje con un archivo o envía uno más pequeño.',
  },
  unsupported_media_type: {
    title: 'Algo ha salido mal en el servidor',
    advice: 'Puede que esta página sea más antigua que el servidor. Vuelve a cargarla e inténtalo de nuevo.',
  },
  method_not_allowed: {
    title: 'Algo ha salido mal en el servidor',
    advice: 'Puede que esta página sea más antigua que el servidor. Vuelve a cargarla e inténtalo de nuevo.',
  },
  unauthenticated: {
    title: 'No estás en esta llamada',
    advice: 'Únete de nuevo para volver.',
  },
  token_invalid: {
    title: 'No se ha podido unir a la llamada',
    advice: 'Únete de nuevo. Si tampoco funciona, vuelve a cargar la página.',
  },
  token_expired: {
    title: 'Tu plaza ha caducado',
    advice: 'Una plaza solo se guarda unos minutos. Únete de nuevo para obtener otra.',
  },
  token_used: {
    title: 'Has salido de esta llamada',
    advice: 'Únete de nuevo para volver.',
  },
  resume_rejected: {
    title: 'Ya no estás en la llamada',
    advice: 'La conexión se perdió durante demasiado tiempo. Únete de nuevo para volver.',
  },
  credentials_invalid: {
    title: 'La dirección de correo o la contraseña no es correcta',
    advice: 'Revisa ambas e inténtalo de nuevo, o elige una contraseña nueva.',
  },
  account_needed: {
    title: 'Para esto necesitas una cuenta',
    advice: 'Inicia sesión o pide una cuenta a quien administra este servidor.',
  },
  account_blocked: {
    title: 'Tu cuenta está bloqueada',
    advice: 'Pregunta a quien administra este servidor.',
  },
  address_blocked: {
    title: 'Tu red está bloqueada',
    advice: 'Usa otra red o pregunta a quien administra este servidor.',
  },
  registration_closed: {
    title: 'Aquí no se pueden crear cuentas nuevas',
    advice: 'Pide una invitación a quien administra este servidor.',
  },
  setup_needed: {
    title: 'Este servidor es nuevo',
    advice: 'La primera cuenta necesita el código de instalación, que el servidor muestra donde se inició.',
  },
  link_invalid: {
    title: 'Este enlace ya no sirve',
    advice: 'Ya se usó o es demasiado antiguo. Pide uno nuevo.',
  },
  email_taken: {
    title: 'Esta dirección de correo ya tiene una cuenta',
    advice: 'Inicia sesión o elige una contraseña nueva.',
  },
  forbidden: {
    title: 'No puedes hacer eso en esta llamada',
    advice: 'Tu función en la llamada no lo permite.',
  },
  not_admitted: {
    title: 'Un anfitrión tiene que dejarte entrar',
    advice: 'Espera un momento o pregunta a quien dirige la llamada.',
  },
  denied: {
    title: 'No te han dejado entrar',
    advice: 'Pregunta a quien dirige la llamada.',
  },
  waiting_full: {
    title: 'Demasiadas personas esperan ante esta llamada',
    advice: 'Inténtalo de nuevo en unos minutos.',
  },
  origin_not_allowed: {
    title: 'Las llamadas no funcionan en esta dirección',
    advice: 'Abre la dirección habitual de este servidor o pregunta a quien lo administra.',
  },
  passcode_needed: {
    title: 'Esta sala necesita un código de acceso',
    advice: 'Pídeselo a la persona que te invitó.',
  },
  passcode_wrong: {
    title: 'Ese no es el código de acceso',
    advice: 'Míralo en la invitación y escríbelo otra vez.',
  },
  banned: {
    title: 'No puedes entrar en esta sala',
    advice: 'Lo han decidido las personas que la dirigen. Pregúntales si crees que es un error.',
  },
  room_locked: {
    title: 'La sala está bloqueada',
    advice: 'Pide a alguien de dentro que la abra e inténtalo de nuevo.',
  },
  guests_refused: {
    title: 'Esta sala es para personas con cuenta',
    advice: 'Inicia sesión e inténtalo de nuevo.',
  },
  room_not_open: {
    title: 'La sala aún no está abierta',
    advice: 'Vuelve cuando abra.',
  },
  room_closed: {
    title: 'Esta sala está cerrada',
    advice: 'Su tiempo ha terminado. Pide otra a la persona que te invitó.',
  },
  not_found: {
    title: 'No se ha encontrado',
    advice: 'Puede que se haya eliminado. Ve a la página de inicio.',
  },
  room_not_found: {
    title: 'Esta llamada no existe',
    advice:
      'Puede que haya terminado o que el enlace tenga un error. Pide otra vez el enlace o inicia una llamada nueva.',
  },
  peer_not_found: {
    title: 'Esta persona ya no está en la llamada',
    advice: 'Puede que acabe de salir.',
  },
  transport_not_found: {
    title: 'Se ha perdido la conexión',
    advice: 'Únete de nuevo para volver.',
  },
  producer_not_found: {
    title: 'Este vídeo o sonido ha terminado',
    advice: 'No tienes que hacer nada.',
  },
  consumer_not_found: {
    title: 'Este vídeo o sonido ha terminado',
    advice: 'No tienes que hacer nada.',
  },
  not_joined: {
    title: 'No estás en la llamada',
    advice: 'Únete primero.',
  },
  already_joined: {
    title: 'Ya estás en esta llamada',
    advice: 'Sal de ella en la otra pestaña o únete de nuevo aquí.',
  },
  conflict: {
    title: 'Algo ha cambiado entretanto',
    advice: 'Míralo de nuevo e inténtalo otra vez.',
  },
  cannot_consume: {
    title: 'Este navegador no puede mostrar este vídeo',
    advice: 'Usa una versión actual de Chrome, Edge, Firefox o Safari.',
  },
  closed: {
    title: 'Esto ya ha terminado',
    advice: 'Inténtalo de nuevo.',
  },
  room_full: {
    title: 'La llamada está llena',
    advice: 'Inténtalo de nuevo cuando alguien haya salido.',
  },
  too_many: {
    title: 'Ya hay demasiados',
    advice: 'Elimina algo que ya no necesites e inténtalo de nuevo.',
  },
  rate_limited: {
    title: 'Demasiado rápido',
    advice: 'Espera un momento e inténtalo de nuevo.',
  },
  over_limit: {
    title: 'Tu dispositivo ha enviado más de lo que permite este servidor',
    advice: 'Espera un momento e inténtalo de nuevo.',
  },
  room_busy: {
    title: 'En esta llamada ocurren demasiadas cosas a la vez',
    advice: 'Espera un momento e inténtalo de nuevo.',
  },
  address_limited: {
    title: 'Participan demasiadas personas desde tu red',
    advice: 'Inténtalo de nuevo cuando alguien haya salido o pregunta a quien administra este servidor.',
  },
  room_quarantined: {
    title: 'Esta llamada está cerrada durante diez minutos',
    advice: 'El sonido y el vídeo fallaron una y otra vez. Inicia otra llamada y comparte su enlace.',
  },
  at_capacity: {
    title: 'El servidor está lleno ahora mismo',
    advice: 'Las llamadas en curso continúan. Inténtalo de nuevo en un minuto.',
  },
  media_unavailable: {
    title: 'El sonido y el vídeo no están disponibles ahora mismo',
    advice: 'Una parte del servidor no responde. Inténtalo de nuevo en un momento.',
  },
  unavailable: {
    title: 'El servidor no está disponible ahora mismo',
    advice: 'Inténtalo de nuevo en un momento.',
  },
  timeout: {
    title: 'Ha tardado demasiado',
    advice: 'Tu red o el servidor van lentos ahora mismo. Inténtalo de nuevo.',
  },
  internal: {
    title: 'Algo ha salido mal en el servidor',
    advice:
      'Inténtalo de nuevo. Si vuelve a ocurrir, envía la referencia de abajo a quien administra este servidor.',
  },
  device_permission_denied: {
    title: 'El navegador no tiene permiso para usarlo',
    advice: 'Permítelo con el icono junto a la dirección e inténtalo de nuevo.',
  },
  device_not_found: {
    title: 'No se ha encontrado ningún dispositivo',
    advice: 'Conecta uno e inténtalo de nuevo.',
  },
  device_busy: {
    title: 'Otro programa lo está usando',
    advice: 'Cierra el otro programa e inténtalo de nuevo.',
  },
  device_failed: {
    title: 'No se ha iniciado',
    advice: 'Desconéctalo y vuelve a conectarlo, o elige otro.',
  },
  device_stopped: {
    title: 'Se ha detenido varias veces',
    advice:
      'Puede que otro programa lo esté tomando. Cierra ese programa e inténtalo de nuevo, o elige otro.',
  },
  device_unplugged: {
    title: 'Se ha desconectado',
    advice: 'Vuelve a conectarlo o elige otro, y después enciéndelo.',
  },
  insecure_origin: {
    title: 'La cámara y el micrófono necesitan una dirección segura',
    advice:
      'Los navegadores solo los permiten en direcciones https:// y en localhost. Abre la dirección https:// de este servidor.',
  },
  logged_out: {
    title: 'No has iniciado sesión',
    advice: 'Inicia sesión y vuelve a intentarlo.',
  },
  unsupported_browser: {
    title: 'Este navegador no puede hacer videollamadas',
    advice: 'Usa una versión actual de Chrome, Edge, Firefox o Safari.',
  },
  network_unreachable: {
    title: 'No se puede contactar con el servidor',
    advice:
      'Comprueba tu conexión de red. En un hotel o en un tren, abre antes otra página: puede que la red te pida iniciar sesión.',
  },
  network_sign_in: {
    title: 'Tu red quiere que inicies sesión primero',
    advice:
      'Abre otra página en una pestaña nueva e inicia sesión en la red, por ejemplo en el wifi del hotel. Después vuelve.',
  },
  screen_share_denied: {
    title: 'Tu pantalla no se comparte',
    advice: 'No se ha elegido ninguna pantalla. Comparte de nuevo para elegir una.',
  },
  screen_share_blocked: {
    title: 'Este navegador no tiene permiso para grabar tu pantalla',
    advice: 'Permítelo en los ajustes de tu sistema y comparte de nuevo.',
  },
  screen_share_unsupported: {
    title: 'Este navegador no puede compartir la pantalla',
    advice: 'Únete desde un ordenador para compartir.',
  },
  screen_sound_failed: {
    title: 'No se ha podido compartir el sonido de tu pantalla',
    advice: 'Comparte de nuevo: tu pantalla se compartirá sin sonido.',
  },
  session_copied: {
    title: 'Se ha cerrado tu plaza en la llamada',
    advice:
      'Otra persona ha intentado usarla. Únete de nuevo para volver; si vuelve a ocurrir, usa otro navegador.',
  },
  session_taken_over: {
    title: 'Te has unido desde otro lugar',
    advice: 'La llamada continúa en la otra pestaña o dispositivo. Únete de nuevo para traerla aquí.',
  },
  session_removed: {
    title: 'Te han quitado de la llamada',
    advice: 'Pregunta a quien dirige la llamada antes de volver.',
  },
  session_banned: {
    title: 'Te han quitado de la llamada para siempre',
    advice: 'No puedes volver a esta sala.',
  },
  session_call_ended: {
    title: 'La llamada ha terminado para todos',
    advice: 'Empieza una nueva cuando la necesites.',
  },
  session_ended_by_operator: {
    title: 'Un operador de este servidor ha terminado la llamada',
    advice: 'Si no sabes por qué, pregunta a quienes gestionan este servidor.',
  },
  session_moved: {
    title: 'Sigues con otro dispositivo',
    advice: 'Únete de nuevo para traer la llamada aquí.',
  },
} satisfies Translation<typeof english>;
