import type english from '../en/screen.ts';
import type { Translation } from '../../translation.ts';

export default {
  notShared: 'Dein Bildschirm wird nicht geteilt',
  blocked: {
    title: 'Dieser Browser darf deinen Bildschirm nicht aufnehmen',
    onMac:
      'Öffne die Systemeinstellungen, „Datenschutz & Sicherheit“, „Bildschirm- & Systemaudioaufnahme“, und schalte diesen Browser ein. Beende dann den Browser und öffne ihn wieder.',
    elsewhere:
      'Erlaube die Bildschirmaufnahme für diesen Browser in den Einstellungen deines Systems, und für diese Seite in den Einstellungen des Browsers. Teile dann noch einmal.',
  },
  errors: {
    screen_share_unsupported: {
      title: 'Dieser Browser kann den Bildschirm nicht teilen',
      advice:
        'Browser auf Telefonen und Tablets können das nicht. Nimm mit Chrome, Edge, Firefox oder Safari auf einem Computer teil, um zu teilen.',
    },
    screen_sound_failed: {
      title: 'Der Ton deines Bildschirms konnte nicht geteilt werden',
      advice: 'Drücke noch einmal „Bildschirm teilen“: Dein Bildschirm wird dann ohne Ton geteilt.',
    },
    insecure_origin: {
      title: 'Zum Teilen des Bildschirms ist eine sichere Adresse nötig',
      advice:
        'Browser erlauben es nur unter https://-Adressen und localhost. Öffne die https://-Adresse dieses Servers.',
    },
    device_not_found: {
      title: 'Es gab keinen Bildschirm und kein Fenster zum Teilen',
      advice: 'Öffne das Fenster, das du teilen möchtest, und teile dann noch einmal.',
    },
    device_busy: {
      title: 'Dein System hat das Bild deines Bildschirms nicht geliefert',
      advice:
        'Schließe andere Programme, die den Bildschirm aufnehmen, oder teile stattdessen ein Fenster oder einen Tab.',
    },
    device_failed: {
      title: 'Das Teilen deines Bildschirms hat nicht begonnen',
      advice:
        'Drücke noch einmal „Bildschirm teilen“. Wenn auch das nicht klappt, teile stattdessen ein Fenster oder einen Tab.',
    },
  },
  share: {
    paused: {
      title: 'Dein geteilter Bildschirm ist angehalten',
      detail: 'Die anderen sehen und hören nichts davon.',
    },
    running: {
      title: 'Du teilst deinen Bildschirm',
      seen: 'Alle sehen ihn.',
      seenAndHeard: 'Alle sehen ihn und hören seinen Ton.',
    },
  },
} satisfies Translation<typeof english>;
