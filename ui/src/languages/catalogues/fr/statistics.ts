import type english from '../en/statistics.ts';
import type { Translation } from '../../translation.ts';

export default {
  measuring: 'Mesure en cours…',
  values: 'Valeurs mesurées',
  empty: {
    title: 'Rien n’est envoyé ni reçu',
    advice: 'Aucune caméra, aucun micro ni aucun écran n’est envoyé ou reçu.',
  },
  sent: 'Envoyé',
  received: 'Reçu',
  gone: 'Une personne partie',
  callReference: 'Référence de cet appel',
  roundTrip: 'Aller-retour',
  canSend: 'Peut envoyer',
  path: {
    name: 'Chemin',
    direct: 'en direct',
    router: 'par un routeur',
    relay: 'par un relais',
    protocolAndWay: '{protocol}, {way}',
  },
  sources: {
    microphone: 'Micro',
    camera: 'Caméra',
    screen: 'Écran',
    'screen-audio': 'Son de l’écran',
  },
  sourceAndCodec: '{source}, {codec}',
  bitrate: 'Débit',
  loss: 'Perte',
  jitter: 'Gigue',
  picture: 'Image',
  layers: {
    name: 'Couches',
    running: '{running, number} sur {total, number}',
  },
} satisfies Translation<typeof english>;
