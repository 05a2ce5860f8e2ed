import type english from '../en/statistics.ts';
import type { Translation } from '../../translation.ts';

export default {
  measuring: 'Messung läuft…',
  values: 'Messwerte',
  empty: {
    title: 'Nichts wird gesendet oder empfangen',
    advice: 'Keine Kamera, kein Mikrofon und kein Bildschirm wird gesendet oder empfangen.',
  },
  sent: 'Gesendet',
  received: 'Empfangen',
  gone: 'Jemand, der gegangen ist',
  callReference: 'Referenz dieses Anrufs',
  roundTrip: 'Umlaufzeit',
  canSend: 'Kann senden',
  path: {
    name: 'Weg',
    direct: 'direkt',
    router: 'über einen Router',
    relay: 'über ein Relay',
    protocolAndWay: '{protocol}, {way}',
  },
  sources: {
    microphone: 'Mikrofon',
    camera: 'Kamera',
    screen: 'Bildschirm',
    'screen-audio': 'Bildschirmton',
  },
  sourceAndCodec: '{source}, {codec}',
  bitrate: 'Bitrate',
  loss: 'Verlust',
  jitter: 'Jitter',
  picture: 'Bild',
  layers: {
    name: 'Ebenen',
    running: '{running, number} von {total, number}',
  },
} satisfies Translation<typeof english>;
