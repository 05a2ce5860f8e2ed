import type english from '../../en/pages/check.ts';
import type { Translation } from '../../../translation.ts';

export default {
  titles: {
    origin: 'Adresse sécurisée',
    server: 'Serveur',
    clock: 'Horloge',
    websocket: 'WebSocket',
    udp: 'Média par UDP',
    tcp: 'Média par TCP',
    ipv6: 'Média par IPv6',
    relay: 'Média par TURN',
    web: 'Média à côté de https',
    address: 'Adresse des médias',
    bandwidth: 'Débit',
    microphone: 'Micro',
    camera: 'Caméra',
    speaker: 'Haut-parleur',
  },
  fine: {
    origin: 'Les navigateurs autorisent ici la caméra et le micro.',
    server: 'Il répond.',
    clock: 'Elle est d’accord avec cet appareil.',
    websocket: 'Il s’ouvre, et on peut rejoindre un appel.',
    udp: 'Cela fonctionne, par le {port}.',
    tcp: 'Cela fonctionne, par le {port}.',
    ipv6: 'Cela fonctionne, par le {port}.',
    relay: 'Cela fonctionne : les personnes derrière un pare-feu strict peuvent participer.',
    web: 'Cela fonctionne : les personnes dont le réseau ne laisse passer que des pages web peuvent participer.',
    address: 'Les médias vont vers {addresses}, qui est joignable.',
    addressRelayed: '{addresses} n’est joignable que par TURN.',
    bandwidth: 'Il suffit.',
    microphone: 'Il fonctionne.',
    camera: 'Elle fonctionne.',
    speaker:
      'Trois notes ont été jouées. Si vous ne les avez pas entendues, choisissez un autre haut-parleur dans les réglages de votre appareil.',
  },
  findings: {
    'insecure-origin': 'La caméra et le micro ont besoin d’une adresse sécurisée.',
    edge: 'Le serveur est injoignable.',
    'sign-in': 'Votre réseau répond avec sa propre page : il veut d’abord que vous vous connectiez.',
    clock:
      'L’horloge du serveur {direction, select, ahead {avance} other {retarde}} de {seconds} s sur celle de cet appareil.',
    'no-clock': 'Le serveur n’a pas envoyé son heure.',
    call: 'Impossible de rejoindre un appel : {title} ({code}).',
    websocket: 'Un WebSocket vers /socket.io/ ne s’ouvre pas. Les appels fonctionnent, mais plus lentement.',
    'udp-port':
      'UDP ne répond pas sur le {port}. Le son et la vidéo passent alors par TCP et saccadent quand des paquets se perdent.',
    'tcp-port':
      'TCP ne répond pas sur le {port}. Les personnes derrière un pare-feu qui bloque UDP ont besoin d’un serveur TURN.',
    relay:
      'Le serveur TURN ne transmet pas de médias. Les personnes derrière un pare-feu strict ne peuvent pas participer.',
    web: 'TURN ne répond pas sur le port de https. Les personnes dont le réseau ne laisse passer que des pages web ne peuvent pas participer.',
    'no-ipv6': 'Le serveur n’offre pas d’adresse IPv6. Les personnes qui n’ont qu’IPv6 ont besoin de TURN.',
    'no-ipv6-here':
      'IPv6 n’arrive pas d’ici à {addresses}. Ce n’est pas un problème si un autre chemin fonctionne : la plupart des réseaux n’ont qu’IPv4.',
    'no-web':
      'TURN n’est pas offert sur le port de https. Les personnes dont le réseau ne laisse passer que des pages web ne peuvent pas participer.',
    'no-candidate': 'Le serveur n’offre pas {protocol}.',
    'no-turn': 'Aucun serveur TURN n’est installé ici, il n’y a donc rien à essayer.',
    'announced-address':
      'Les navigateurs doivent envoyer les médias à {addresses}, {reach, select, loopback {que seul le serveur lui-même peut joindre} other {et aucun port de média n’y répond, ni par UDP ni par TCP}}.',
    'no-path': 'Rien n’a pu être envoyé : aucune connexion pour les médias n’a été établie.',
    slow: 'La connexion est lente.',
    loss: 'Des paquets se perdent, le son et la vidéo saccadent.',
    device: '{title}.',
    'no-answer': 'Le navigateur a demandé une autorisation et n’a pas reçu de réponse.',
    'no-speaker': 'Aucun son n’a pu être joué.',
    'unknown-speakers':
      'Ce navigateur ne dit pas s’il y en a un. Trois notes ont été jouées ; vous auriez dû les entendre.',
    'needs-secure-origin': 'Non essayé : il faut une adresse sécurisée.',
    'needs-call': 'Non essayé : impossible de rejoindre un appel.',
    internal: 'Cette partie de la vérification a échoué.',
  },
  fixes: {
    'insecure-origin':
      'Ouvrez l’adresse https:// de ce serveur ; les navigateurs n’autorisent les appareils que là et sur localhost.',
    edge: 'Vérifiez votre connexion au réseau.',
    'sign-in':
      'Ouvrez une autre page dans un nouvel onglet, connectez-vous au réseau, puis relancez la vérification.',
    clock: 'Activez l’heure automatique dans les réglages de cet appareil.',
    websocket: 'Essayez sans proxy ni filtre de contenu.',
    'udp-port': 'Essayez un autre réseau : certains bloquent UDP.',
    'announced-address': 'Essayez un autre réseau.',
    slow: 'Rapprochez-vous du Wi-Fi ou utilisez un câble, arrêtez les téléchargements, ou coupez votre caméra pendant les appels.',
    loss: 'Rapprochez-vous du Wi-Fi ou utilisez un câble, et arrêtez les téléchargements.',
    'no-answer': 'Relancez la vérification et répondez à la question du navigateur.',
    'no-speaker':
      'Branchez un haut-parleur ou un casque, ou choisissez un autre haut-parleur dans les réglages de votre appareil, puis réessayez.',
    internal: 'Relancez la vérification.',
  },
  operators: {
    edge: 'Pour la personne qui gère ce serveur : vérifiez que le gateway tourne et que /api/ y mène.',
    clock:
      'Pour la personne qui gère ce serveur : réglez les horloges par NTP : timedatectl set-ntp true sur chaque machine.',
    call: 'Pour la personne qui gère ce serveur : cherchez la référence ci-dessous dans les journaux de signaling et de media.',
    websocket:
      'Pour la personne qui gère ce serveur : le proxy doit transmettre Upgrade et Connection pour /socket.io/ en HTTP/1.1, comme le fait nginx/ dans ce dépôt.',
    'udp-port':
      'Pour la personne qui gère ce serveur : ouvrez UDP {ports} dans le pare-feu et, derrière un NAT, redirigez-le vers le nœud media.',
    'tcp-port':
      'Pour la personne qui gère ce serveur : ouvrez TCP {ports} dans le pare-feu et, derrière un NAT, redirigez-le vers le nœud media.',
    relay:
      'Pour la personne qui gère ce serveur : vérifiez que les navigateurs peuvent joindre TURN_ADDRESSES ou TURN_URLS, que TURN_SECRET est le même dans signaling et dans le serveur TURN, et que ses ports sont ouverts.',
    web: 'Pour la personne qui gère ce serveur : vérifiez que l’entrée transmet TURN (EDGE_TURN) et qu’aucun autre proxy ne termine TLS avant elle.',
    'announced-address':
      'Pour la personne qui gère ce serveur : mettez dans MEDIA_RTC_ANNOUNCED_ADDRESSES les adresses du nœud media que les navigateurs peuvent joindre ; vérifiez que ses ports de média sont ouverts.',
  },
  port: 'port {ports} de {addresses}',
  unknownAddress: 'une adresse inconnue',
  bandwidth: {
    summary: 'Envoi {up}, {upEnough} ; réception {down}, {downEnough}. {loss} perdus, {time} aller-retour.',
    enough: {
      hd: 'assez pour la vidéo HD',
      video: 'assez pour une petite vidéo',
      audio: 'assez pour le son seulement',
      none: 'pas assez pour le son',
    },
  },
  report: {
    title: 'Vérification de la connexion Parley de {address}',
    unfinished: 'non terminée',
    reference: 'Référence {reference}',
    notChecked: 'non vérifié',
  },
  page: {
    title: 'Vérifiez votre connexion',
    intro:
      'Cette page essaie tout ce dont un appel a besoin, en une demi-minute environ. Elle ouvre un instant votre micro et votre caméra, joue trois notes et envoie jusqu’à 4 Mo de données d’essai dans chaque sens. Personne ne vous voit ni ne vous entend.',
    results: 'Résultats',
  },
  actions: {
    start: 'Lancer la vérification',
    stop: 'Arrêter la vérification',
    again: 'Relancer',
    copy: 'Copier le rapport',
    copied: 'Rapport copié',
    notCopied: 'Non copié',
  },
  marks: {
    pending: 'en attente',
    running: 'en cours',
    well: 'fonctionne',
    wrong: 'a un problème',
    skipped: 'non essayé',
  },
  status: {
    starting: 'Démarrage…',
    trying: 'Essai : {name}…',
    stopped: 'Arrêtée avant la fin.',
    done: '{count, plural, =0 {Tout fonctionne.} one {Un point pose problème. Voyez ci-dessous que faire.} many {# points posent problème. Voyez ci-dessous que faire.} other {# points posent problème. Voyez ci-dessous que faire.}}',
  },
} satisfies Translation<typeof english>;
