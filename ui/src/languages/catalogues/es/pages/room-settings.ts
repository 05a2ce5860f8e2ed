import type english from '../../en/pages/room-settings.ts';
import type { Translation } from '../../../translation.ts';

export default {
  door: 'Quién puede entrar',
  call: 'En la llamada',
  locked: {
    label: 'Cerrar la sala con llave',
    hint: 'No entra nadie más, salvo tú y los anfitriones.',
  },
  waitingRoom: {
    label: 'Sala de espera',
    hint: 'Un anfitrión deja entrar a cada persona que llega.',
  },
  guestsAllowed: {
    label: 'Pueden entrar personas sin cuenta',
    hint: 'Si lo desactivas, solo entran quienes han iniciado sesión.',
  },
  namesBeforeJoin: {
    label: 'Mostrar los nombres antes de unirse',
    hint: 'Quien abre el enlace ve quién está en la llamada. Si lo desactivas, solo ve cuántas personas hay.',
  },
  passcode: {
    label: 'Código de acceso',
    none: 'Al menos 4 caracteres. Todas las personas que lleguen tendrán que escribirlo.',
    isSet: 'Hay un código. Nadie puede volver a leerlo; escribe otro para sustituirlo.',
    tooShort: 'Es demasiado corto. Usa 4 caracteres o más.',
    refused: 'Ese código no sirve. Usa de 4 a 64 letras, números o signos.',
    remove: 'Quitar el código',
  },
  capacity: {
    label: 'Plazas',
    hint: 'Cuántas personas pueden estar a la vez. Vacío: tantas como admita el servidor.',
    refused: 'Usa un número entero del 1 al {max, number}.',
  },
  opensAt: 'Abre',
  closesAt: 'Cierra',
  times: {
    hint: 'En tu hora local ({zone}). Vacío: siempre.',
    order: 'La sala cierra antes de abrir. Cambia una de las dos horas.',
    clear: 'Borrar: {what}',
  },
  mutedOnEntry: {
    label: 'Todos entran silenciados',
    hint: 'Pueden activar su micrófono, si se les permite.',
  },
  whoMayUnmute: 'Quién puede hablar',
  whoMayStartVideo: 'Quién puede encender la cámara',
  whoMayShareScreen: 'Quién puede compartir la pantalla',
  whoMayChat: 'Quién puede escribir en el chat',
  whoMay: {
    everybody: 'Todos',
    hosts: 'Solo los anfitriones',
  },
  history: {
    label: 'Qué leen del chat quienes llegan después',
    call: 'Todo lo de esta llamada',
    everything: 'Todo, también de llamadas anteriores',
    nothing: 'Nada de antes de llegar',
  },
  saving: 'Guardando…',
  saved: 'Guardado',
  atOnce: 'Los cambios se aplican al instante, también a una llamada en curso.',
} satisfies Translation<typeof english>;
