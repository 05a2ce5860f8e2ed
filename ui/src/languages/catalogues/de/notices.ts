import type english from '../en/notices.ts';
import type { Translation } from '../../translation.ts';

export default {
  list: 'Hinweise',
  dismiss: 'Ausblenden',
  turnOnSound: 'Ton einschalten',
  showPictures: 'Bilder zeigen',
  voicesOnly: 'Nur Stimmen',
  check: 'Prüfen',
  failed: {
    title: 'Das hat nicht geklappt',
    advice: 'Versuche es erneut.',
  },
  replaced:
    '{device, select, microphone {Jetzt wird ein anderes benutzt. Schalte es stumm, wenn du das nicht möchtest.} camera {Jetzt wird eine andere benutzt. Schalte sie aus, wenn du das nicht möchtest.} other {Jetzt werden andere benutzt. Schalte sie aus, wenn du das nicht möchtest.}}',
  'speaker-unplugged': {
    title: 'Dein Lautsprecher wurde abgezogen',
    advice: 'Der Ton kommt jetzt aus dem Standard-Lautsprecher.',
  },
  'screen-sound-left-out': {
    title: 'Dein Bildschirm wird ohne seinen Ton geteilt',
    advice: 'Teile einen Tab, um den Ton dieses Tabs zu teilen.',
  },
  'screen-share-ended': {
    title: 'Dein Bildschirm wird nicht mehr geteilt',
    advice: 'Das Teilen wurde im Browser oder von deinem System beendet, oder das Fenster wurde geschlossen.',
  },
  'network-poor': {
    title: 'Deine Verbindung ist schlecht',
    advice: 'Ohne Bilder hörst du die anderen vielleicht besser.',
  },
  'computer-busy': {
    title: 'Dein Computer ist stark ausgelastet',
    advice: 'Bis er wieder mitkommt, siehst du vielleicht weniger Bilder, oder deines wird kleiner gesendet.',
  },
  reconnected: {
    title: 'Du bist wieder verbunden',
  },
  'media-restored': {
    title: 'Ton und Video sind wieder da',
  },
  'no-media': {
    title: 'Ton und Bilder kommen nicht durch',
    advice:
      'Eine Firewall, ein VPN oder eine Einstellung dieses Netzwerks blockiert sie. Versuche ein anderes Netzwerk, oder prüfe die Verbindung.',
  },
  'autoplay-blocked': {
    title: 'Der Browser hat den Ton blockiert',
    advice: 'Schalte ihn ein, um die anderen zu hören.',
  },
  'pictures-limited': {
    title: 'Bilder sind gerade begrenzt',
    advice:
      'Gerade sind sehr viele Menschen in Anrufen. Du hörst weiterhin alle, und weitere Bilder kommen, sobald Platz ist.',
  },
  'pictures-blocked': {
    title: 'Der Browser hat die Bilder angehalten',
    advice: 'Vielleicht schont er den Akku. Zeige sie wieder, um die anderen zu sehen.',
  },
} satisfies Translation<typeof english>;
