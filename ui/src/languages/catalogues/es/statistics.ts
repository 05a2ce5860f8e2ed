import type english from '../en/statistics.ts';
import type { Translation } from '../../translation.ts';

export default {
  measuring: 'Midiendo…',
  values: 'Valores medidos',
  empty: {
    title: 'No se envía ni se recibe nada',
    advice: 'No se envía ni se recibe ninguna cámara, micrófono o pantalla.',
  },
  sent: 'Enviado',
  received: 'Recibido',
  gone: 'Alguien que se ha ido',
  callReference: 'Referencia de esta llamada',
  roundTrip: 'Ida y vuelta',
  canSend: 'Puede enviar',
  path: {
    name: 'Ruta',
    direct: 'directa',
    router: 'por un router',
    relay: 'por un relé',
    protocolAndWay: '{protocol}, {way}',
  },
  sources: {
    microphone: 'Micrófono',
    camera: 'Cámara',
    screen: 'Pantalla',
    'screen-audio': 'Sonido de pantalla',
  },
  sourceAndCodec: '{source}, {codec}',
  bitrate: 'Tasa de bits',
  loss: 'Pérdida',
  jitter: 'Jitter',
  picture: 'Imagen',
  layers: {
    name: 'Capas',
    running: '{running, number} de {total, number}',
  },
} satisfies Translation<typeof english>;
