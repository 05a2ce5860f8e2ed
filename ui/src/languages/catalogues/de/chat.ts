import type english from '../en/chat.ts';
import type { Translation } from '../../translation.ts';

export default {
  list: 'Nachrichten',
  newest: 'Neueste Nachrichten',
  earlier: 'Frühere Nachrichten zeigen',
  empty: {
    title: 'Noch keine Nachrichten',
    advice: 'Nachrichten gehen an alle im Anruf. Um nur einer Person zu schreiben, wähle sie unten aus.',
  },
  cleared: {
    byYou: 'Du hast den Chat geleert',
    byName: '{name} hat den Chat geleert',
  },
  message: {
    onlyToYou: 'nur an dich',
    onlyToName: 'nur an {name}',
    onlyToOne: 'nur an eine Person',
    private: '{sender}, {recipient}',
  },
  delivery: {
    sending: 'Wird gesendet…',
    failed: 'Nicht zugestellt.',
  },
  composer: {
    message: 'Nachricht',
    toEveryone: 'An alle schreiben',
    privately: 'Privat schreiben',
    send: 'Senden',
    length: '{length, number, ::group-off} von {max, number, ::group-off}',
  },
  recipient: {
    label: 'An',
    everyone: 'Alle',
    only: 'Nur {name}',
    gone: 'Nicht mehr im Anruf',
  },
  clear: {
    button: 'Chat leeren',
    title: 'Chat für alle leeren?',
    description: 'Alle Nachrichten werden gelöscht, auch private. Die anderen sehen, dass du es warst.',
    keep: 'Nachrichten behalten',
    confirm: 'Chat leeren',
  },
  actions: {
    label: 'Nachrichtenoptionen',
    reply: 'Antworten',
    copy: 'Text kopieren',
    edit: 'Bearbeiten',
    delete: 'Löschen',
  },
  deleted: {
    bySender: 'Nachricht gelöscht',
    byHost: 'Von der Leitung gelöscht',
    notShown: 'Nachricht nicht verfügbar',
  },
  edited: 'bearbeitet',
  reply: {
    cancel: 'Nicht antworten',
  },
  editor: {
    label: 'Nachricht bearbeiten',
    save: 'Speichern',
    cancel: 'Abbrechen',
  },
  reactions: {
    add: 'Mit einem Emoji reagieren',
    count: '{emoji}: {count, plural, one {# Person} other {# Personen}}',
  },
  typing: {
    one: '{name} schreibt…',
    two: '{first} und {second} schreiben…',
    several: 'Mehrere Personen schreiben…',
  },
  emoji: {
    button: 'Emojis',
    search: 'Emoji suchen',
    none: 'Kein Emoji gefunden',
  },
  file: {
    send: 'Datei senden',
    save: '{name} speichern',
    picture: 'Bild: {name}',
    sending: '{name} wird gesendet',
    stop: '{name} nicht senden',
    again: '{name} noch einmal senden',
    tooLarge: 'Größer als 20 MB',
    tooMany: 'Zwanzig auf einmal. Versuche es noch einmal',
    empty: 'Diese Datei ist leer',
    full: 'In diesen Anruf passen keine Dateien mehr',
    failed: 'Nicht gesendet',
    gone: 'Diese Datei kann nicht geladen werden. Versuche es später noch einmal.',
  },
  export: {
    button: 'Chat speichern',
    text: 'Als Text speichern',
    json: 'Als JSON speichern',
  },
} satisfies Translation<typeof english>;
