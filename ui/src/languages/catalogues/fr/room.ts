import type english from '../en/room.ts';
import type { Translation } from '../../translation.ts';

export default {
  titles: {
    call: 'Appel',
    check: 'Vérifier la connexion',
    notFound: 'Introuvable',
    room: 'Salle',
    rooms: 'Mes salles',
    newRoom: 'Nouvelle salle',
    visits: 'Salles où j’étais',
    calls: 'Appels passés',
    operator: 'Le serveur',
  },
  brand: 'Parley, vers la page d’accueil',
  toStart: 'Page d’accueil',
  rejoin: 'Revenir',
  checkConnection: 'Vérifiez votre connexion',
  waitingForNetwork: 'Cette page continue d’elle-même dès que le réseau le permet.',
  waitingForServer: 'Cette page continue d’elle-même dès que le serveur répond.',
  devicesNotOpened: 'Votre caméra et votre micro n’ont pas été ouverts.',
  lack: {
    old: {
      title: 'Ce navigateur est trop ancien pour les appels',
      advice:
        'Mettez-le à jour, ou ouvrez cette page dans une version récente de Chrome, Edge, Firefox ou Safari.',
    },
    webrtc: {
      title: 'Tel qu’il est réglé, ce navigateur ne permet pas les appels',
      advice:
        'WebRTC, qui transporte le son et la vidéo, est désactivé. Activez-le dans les paramètres ou les extensions de ce navigateur, désactivez le mode Isolement pour cette page, ou ouvrez-la dans un autre navigateur.',
    },
  },
  late: {
    title: 'La page n’est pas encore complète',
    advice: 'Une partie n’est pas arrivée. Vérifiez votre réseau, puis rechargez la page.',
  },
  malformed: {
    title: 'Ce n’est pas un lien d’appel',
    advice:
      'Il manque peut-être une partie du lien. Saisissez le code ici (il ressemble à abcd-efgh-jkm), ou lancez un nouvel appel.',
  },
  failed: {
    prepare: 'Vérifier caméra et micro',
  },
  left: {
    title: 'Vous avez quitté l’appel',
    devicesOff: 'Votre caméra et votre micro sont coupés.',
    afterTime: 'Vous avez passé {duration} dans l’appel. Votre caméra et votre micro sont coupés.',
  },
  notFound: {
    title: 'Cette page n’existe pas',
    advice: 'L’adresse contient peut-être une erreur, ou la page a été supprimée.',
  },
  offline: {
    title: 'Pas de connexion',
    advice: 'Parley est injoignable. Vérifiez votre réseau, puis réessayez.',
  },
} satisfies Translation<typeof english>;
