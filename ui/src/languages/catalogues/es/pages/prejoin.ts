import type english from '../../en/pages/prejoin.ts';
import type { Translation } from '../../../translation.ts';

export default {
  yourPicture: 'Tu imagen',
  yourCamera: 'Tu cámara',
  devices: 'Dispositivos',
  continueWithout:
    '{device, select, microphone {Seguir sin micrófono} camera {Seguir sin cámara} other {Seguir sin ambos}}',
  microphoneLevel: 'Nivel del micrófono',
  microphoneOff: 'El micrófono está apagado',
  join: 'Unirse',
  ready: '¿Todo listo?',
  presence:
    '{count, plural, =0 {Todavía no hay nadie más} one {Hay 1 persona en la llamada} many {Hay # personas en la llamada} other {Hay # personas en la llamada}}',
  named: 'En la llamada: {people}',
  others: '{count, plural, one {# persona más} many {# personas más} other {# personas más}}',
  yourName: 'Tu nombre',
  nameExample: 'Cómo te ven los demás',
  withAccount: 'Te unes con tu cuenta, {email}.',
  asGuest: 'Te unes como invitado.',
  speakerTest: {
    name: 'Probar el altavoz',
    idle: 'Probar',
    playing: 'Sonando…',
    failed: 'Sin sonido',
  },
  looking: 'Buscando la llamada',
} satisfies Translation<typeof english>;
