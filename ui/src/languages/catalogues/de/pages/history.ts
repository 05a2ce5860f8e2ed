import type english from '../../en/pages/history.ts';
import type { Translation } from '../../../translation.ts';

export default {
  title: 'Frühere Anrufe',
  empty: {
    title: 'Noch keine Anrufe',
    text: 'Ist ein Anruf vorbei, steht er hier: wer da war, wie lange, und was an alle gesagt wurde.',
  },
  running: 'Läuft gerade, seit {time}',
  entries: '{count, plural, one {# Eintritt} other {# Eintritte}}',
  callTitle: 'Anruf vom {time}',
  back: 'Alle Anrufe dieses Raums',
  toRoom: 'Zum Raum',
  cut: 'Dieser Anruf ist länger, als hier gezeigt und exportiert wird.',
  people: {
    title: 'Wer da war',
    name: 'Name',
    joined: 'Kam',
    left: 'Ging',
    stayed: 'Dauer',
    there: 'ist da',
    deleted: 'Jemand, dessen Konto gelöscht wurde',
    guest: 'Gast',
  },
  chat: {
    title: 'Was an alle gesagt wurde',
    none: 'Es wurde nichts an alle geschrieben, oder es wurde gelöscht.',
  },
  acts: {
    title: 'Was Gastgeber taten',
    none: 'Gastgeber taten in diesem Anruf nichts an anderen.',
    rules: 'Die Regeln des Raums',
    anOperator: 'Ein Betreiber des Servers',
    muted: '{by} hat {to} stummgeschaltet',
    'asked-to-unmute': '{by} bat {to}, das Mikrofon einzuschalten',
    stopped:
      '{by} hat beendet, was {to} sendete: {detail, select, camera {Kamera} microphone {Mikrofon} other {Bildschirm}}',
    'hand-lowered': '{by} hat die Hand von {to} gesenkt',
    'role-changed':
      '{by} hat die Rolle von {to} geändert: {detail, select, host {Gastgeber} viewer {Zuschauer} other {Teilnehmer}}',
    removed: '{by} hat {to} entfernt',
    banned: '{by} hat {to} ausgeschlossen',
    unbanned: '{by} hat den Ausschluss von {to} aufgehoben',
    admitted: '{by} hat {to} hereingelassen',
    denied: '{by} hat {to} nicht hereingelassen',
    'all-muted': '{by} hat alle stummgeschaltet',
    'hands-lowered': '{by} hat alle Hände gesenkt',
    locked: '{by} hat den Raum abgeschlossen',
    unlocked: '{by} hat den Raum aufgeschlossen',
    'settings-changed': '{by} hat die Einstellungen geändert',
    'chat-cleared': '{by} hat den Chat geleert',
    'call-ended': '{by} hat den Anruf für alle beendet',
  },
  export: {
    title: 'Diesen Anruf sichern',
    json: 'Alles (JSON)',
    attendance: 'Wer da war (CSV)',
    chat: 'Der Chat (CSV)',
    acts: 'Was Gastgeber taten (CSV)',
  },
} satisfies Translation<typeof english>;
