import type english from '../en/stage.ts';
import type { Translation } from '../../translation.ts';

export default {
  reconnecting: 'Verbindung wird wiederhergestellt…',
  alone: {
    title: 'Außer dir ist niemand hier.',
    advice: 'Schicke den Link, um andere einzuladen.',
  },
  moveSelf: 'Dein Bild mit den Pfeiltasten verschieben',
  pager: {
    name: 'Seiten',
    previous: 'Vorige Seite',
    next: 'Nächste Seite',
    place: '{page, number} von {pages, number}',
  },
  strip: {
    name: 'Weitere Bilder',
    previous: 'Vorige Bilder',
    next: 'Nächste Bilder',
  },
  quality: {
    lost: 'Verbindung verloren',
    veryPoor: 'Verbindung sehr schlecht',
    poor: 'Verbindung schlecht',
    good: 'Verbindung gut',
    veryGood: 'Verbindung sehr gut',
  },
  cameraOf: '{name}, Kamera',
  screen: {
    own: 'Dein Bildschirm',
    of: 'Bildschirm von {name}',
    paused: 'Geteilter Bildschirm angehalten',
    waiting: 'Warten auf den Bildschirm…',
  },
  menu: {
    ofSelf: 'Optionen für dein Bild',
    of: 'Optionen für {name}',
    pin: 'Anheften',
    unpin: 'Lösen',
    fill: 'Kachel füllen',
    whole: 'Ganzes Bild zeigen',
    automatic: 'Automatisch platzieren',
    float: 'In einer Ecke zeigen',
    hide: 'Eigenes Bild ausblenden',
    writePrivately: 'Privat schreiben',
  },
} satisfies Translation<typeof english>;
