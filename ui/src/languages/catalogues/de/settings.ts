import type english from '../en/settings.ts';
import type { Translation } from '../../translation.ts';

export default {
  title: 'Einstellungen',
  groups: {
    you: 'Du',
    devices: 'Geräte',
    pictures: 'Bilder',
    view: 'Ansicht',
  },
  rename: {
    label: 'Name in diesem Anruf',
    save: 'Speichern',
  },
  sounds: {
    label: 'Signalton für Verpasstes',
    hint: 'Wenn jemand teilnimmt, schreibt oder die Hand hebt, während du eine andere Seite ansiehst',
  },
  count: 'Im Titel der Seite mitzählen',
  voicesOnly: {
    label: 'Nur Stimmen',
    hint: 'Keine Bilder, und deine Kamera ist aus: für ein schlechtes Netzwerk',
  },
  savePower: {
    label: 'Strom und Daten sparen',
    hint: 'Weniger und kleinere Bilder der anderen',
  },
  received: {
    label: 'Empfangene Bilder',
    all: 'Bilder der anderen: alle',
    most: 'Bilder der anderen: höchstens {count, number}',
    hint: 'Geteilte Bildschirme, angeheftete Personen und wer spricht kommen zuerst.',
  },
  easeLoad: {
    label: 'Ausgelasteten Computer entlasten',
    hint: 'Weniger Bilder, und deines kleiner, solange er nicht mitkommt',
  },
  afterMute: {
    label: 'Beim Stummschalten',
    free: {
      label: 'Stumm: sofort freigeben',
      explanation:
        'Das Licht des Mikrofons geht sofort aus. Beim Einschalten wird es wieder geöffnet, und das dauert einen Moment.',
    },
    'free-soon': {
      label: 'Stumm: nach 3 Sekunden freigeben',
      explanation:
        'Schnelles Umschalten und Sprechen per Taste gehen sofort, und das Licht des Mikrofons geht bald aus.',
    },
    'keep-open': {
      label: 'Stumm: offen lassen',
      explanation:
        'Das Einschalten geht immer sofort, der Browser fragt nicht noch einmal, und Headsets behalten ihren Ton. Das Licht bleibt an.',
    },
    nothingSent: 'Solange du stumm bist, wird nichts gesendet, egal was du wählst.',
  },
  selfView: {
    label: 'Dein Bild',
    auto: 'Dein Bild: automatisch platziert',
    floating: 'Dein Bild: in einer Ecke',
    hidden: 'Dein Bild: ausgeblendet',
  },
  shortcuts: {
    title: 'Tastenkürzel',
    description: 'Sie gelten immer, wenn du nicht gerade schreibst.',
    actions: {
      microphone: 'Mikrofon stummschalten oder einschalten',
      camera: 'Kamera ein- oder ausschalten',
      share: 'Bildschirm teilen oder Teilen beenden',
      hand: 'Hand heben oder senken',
      chat: 'Chat öffnen oder schließen',
      people: 'Liste der Personen öffnen oder schließen',
      statistics: 'Statistik öffnen oder schließen',
      layout: 'Raster- oder Sprecheransicht',
      'self-view': 'Eigenes Bild zeigen oder ausblenden',
      fullscreen: 'Vollbild',
      'picture-in-picture': 'Bild-in-Bild',
      'voices-only': 'Nur Stimmen oder mit Bildern',
      'copy-link': 'Link kopieren',
      'previous-page': 'Vorige Seite mit Personen',
      'next-page': 'Nächste Seite mit Personen',
      settings: 'Einstellungen',
      help: 'Diese Liste',
    },
    holdToTalk: 'Halten, um trotz Stummschaltung zu sprechen',
    keys: {
      pageup: 'Bild ↑',
      pagedown: 'Bild ↓',
      space: 'Leertaste',
    },
  },
} satisfies Translation<typeof english>;
