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
} satisfies Translation<typeof english>;
