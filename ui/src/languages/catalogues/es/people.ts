import type english from '../en/people.ts';
import type { Translation } from '../../translation.ts';

export default {
  name: {
    changed: 'Tu nombre se ha cambiado',
    notChanged: 'Tu nombre no se ha cambiado. {reason}.',
    late: 'No se puede contactar con el servidor. Tu nombre cambiará en cuanto vuelva.',
    saving: 'Guardando…',
    missing: 'Escribe tu nombre para que los demás sepan quién eres.',
    noLetter: 'Un nombre necesita una letra o una cifra. Añade una para que los demás puedan llamarte.',
    tooLong: 'Este nombre es demasiado largo. Usa uno más corto.',
    cannotBeShown: 'Este nombre contiene caracteres que no se pueden mostrar. Bórralo y escríbelo de nuevo.',
  },
  sections: {
    raisedHands: 'Manos levantadas ({count, number})',
    everyoneElse: 'Los demás ({count, number})',
    inCall: 'En la llamada ({count, number})',
    viewers: 'Espectadores ({count, number})',
  },
  crowd: {
    title: 'En la llamada ({count, number}), de ellas {viewers, number} solo miran',
    search: 'Buscar un nombre',
    more: 'Mostrar más personas',
    nobody: 'Nadie aquí se llama así.',
  },
  row: {
    you: '(tú)',
    reconnecting: 'Reconectando…',
    handRaised: 'Mano levantada',
    sharing: 'Comparte la pantalla',
    sharePaused: 'Pantalla compartida en pausa',
    microphoneOn: 'Micrófono activado',
    muted: 'En silencio',
    cameraOn: 'Cámara encendida',
    cameraOff: 'Cámara apagada',
  },
  menu: {
    label: 'Opciones para {name}',
    pin: 'Fijar',
    unpin: 'Dejar de fijar',
    writePrivately: 'Escribir en privado',
  },
  summary: {
    self: '{name} (tú)',
    and: '{states}, {state}',
    host: 'anfitrión',
    viewer: 'espectador',
    speaking: 'hablando',
    muted: 'en silencio',
    cameraOff: 'cámara apagada',
    sharing: 'comparte la pantalla',
    sharePaused: 'pantalla compartida en pausa',
    handRaised: 'mano levantada',
    reconnecting: 'reconectando',
    poorConnection: 'conexión débil',
  },
} satisfies Translation<typeof english>;
