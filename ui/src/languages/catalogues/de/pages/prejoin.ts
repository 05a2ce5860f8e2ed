import type english from '../../en/pages/prejoin.ts';
import type { Translation } from '../../../translation.ts';

export default {
  yourPicture: 'Dein Bild',
  yourCamera: 'Deine Kamera',
  devices: 'Geräte',
  continueWithout:
    '{device, select, microphone {Ohne Mikrofon weiter} camera {Ohne Kamera weiter} other {Ohne beides weiter}}',
  microphoneLevel: 'Pegel des Mikrofons',
  microphoneOff: 'Das Mikrofon ist aus',
  join: 'Teilnehmen',
  ready: 'Bereit?',
  presence:
    '{count, plural, =0 {Noch ist niemand hier} one {1 Person ist im Anruf} other {# Personen sind im Anruf}}',
  named: 'Im Anruf: {people}',
  others: '{count, plural, one {# weitere Person} other {# weitere Personen}}',
  yourName: 'Dein Name',
  nameExample: 'Wie die anderen dich sehen',
  withAccount: 'Du nimmst mit deinem Konto teil, {email}.',
  asGuest: 'Du nimmst als Gast teil.',
  speakerTest: {
    name: 'Lautsprecher testen',
    idle: 'Testen',
    playing: 'Läuft…',
    failed: 'Kein Ton',
  },
  looking: 'Der Anruf wird gesucht',
} satisfies Translation<typeof english>;
