import type english from '../en/acts.ts';
import type { Translation } from '../../translation.ts';

export default {
  muted: {
    title: '{name} hat dich stummgeschaltet',
    advice: 'Schalte dein Mikrofon ein, wenn du sprechen möchtest.',
  },
  mutedForNow: {
    title: '{name} hat dich stummgeschaltet',
    advice:
      'Im Moment dürfen nur Gastgeber das Mikrofon einschalten. Hebe die Hand, wenn du etwas sagen möchtest.',
  },
  mutedByRules: {
    title: 'Du bist jetzt stumm',
    advice: 'Im Moment dürfen nur Gastgeber sprechen. Hebe die Hand, wenn du etwas sagen möchtest.',
  },
  asked: {
    title: '{name} bittet dich, das Mikrofon einzuschalten',
    advice: 'Schalte es ein, wenn du bereit bist.',
  },
  unmute: 'Mikrofon einschalten',
  stopped: {
    title:
      '{source, select, camera {{name} hat deine Kamera ausgeschaltet} other {{name} hat deine Bildschirmfreigabe beendet}}',
    advice: 'Frage nach, bevor du wieder anfängst.',
  },
  stoppedByRules: {
    title:
      '{source, select, microphone {Dein Mikrofon ist jetzt aus} camera {Deine Kamera ist jetzt aus} other {Dein Bildschirm wird nicht mehr geteilt}}',
    advice: 'Deine Rolle oder die Einstellungen des Raums erlauben es im Moment nicht.',
  },
  handLowered: {
    title: '{name} hat deine Hand gesenkt',
    advice: 'Hebe sie wieder, wenn du noch etwas sagen möchtest.',
  },
  roleChanged: {
    title:
      '{role, select, host {{name} hat dich zum Gastgeber gemacht} viewer {{name} lässt dich nur zuschauen} other {{name} hat dich zum Teilnehmer gemacht}}',
    advice:
      '{role, select, host {Du kannst jetzt Personen einlassen, stummschalten und entfernen.} viewer {Du kannst zuhören, zuschauen und schreiben.} other {Du kannst sprechen und deine Kamera zeigen.}}',
  },
  hostByRules: {
    title: 'Du leitest jetzt den Anruf',
    advice: 'Der letzte Gastgeber ist gegangen. Du kannst Personen einlassen, stummschalten und entfernen.',
  },
  removed: {
    title: '{name} hat dich aus dem Anruf entfernt',
    advice: 'Frage die Person, die den Anruf leitet, bevor du zurückkommst.',
  },
  banned: {
    title: '{name} hat dich dauerhaft aus dem Anruf entfernt',
    advice: 'Du kannst nicht in diesen Raum zurückkommen.',
  },
  ended: {
    title: '{name} hat den Anruf für alle beendet',
    advice: 'Starte einen neuen, wenn du ihn brauchst.',
  },
} satisfies Translation<typeof english>;
