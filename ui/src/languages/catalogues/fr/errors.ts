import type english from '../en/errors.ts';
import type { Translation } from '../../translation.ts';

export default {
  invalid_request: {
    title: 'Un problème est survenu sur le serveur',
    advice: 'Cette page est peut-être plus ancienne que le serveur. Rechargez-la et réessayez.',
  },
  invalid_room_code: {
    title: 'Ce n’est pas un code d’appel',
    advice: 'Un code ressemble à abcd-efgh-jkm. Vérifiez-le, ou lancez un nouvel appel.',
  },
  payload_too_large: {
    title: 'C’est trop long',
    advice: 'Raccourcissez, puis renvoyez.',
  },
  files_full: {
    title: 'Cet appel ne peut plus recevoir de fichiers',
    advice: 'Supprimez un message avec un fichier, ou envoyez-en un plus petit.',
  },
  unsupported_media_type: {
    title: 'Un problème est survenu sur le serveur',
    advice: 'Cette page est peut-être plus ancienne que le serveur. Rechargez-la et réessayez.',
  },
  method_not_allowed: {
    title: 'Un problème est survenu sur le serveur',
    advice: 'Cette page est peut-être plus ancienne que le serveur. Rechargez-la et réessayez.',
  },
  unauthenticated: {
    title: 'Vous n’êtes pas dans cet appel',
    advice: 'Rejoignez l’appel pour revenir.',
  },
  token_invalid: {
    title: 'Impossible de rejoindre l’appel',
    advice: 'Rejoignez à nouveau. Si cela échoue encore, rechargez la page.',
  },
  token_expired: {
    title: 'Votre place a expiré',
    advice: 'Une place n’est gardée que quelques minutes. Rejoignez à nouveau pour en obtenir une autre.',
  },
  token_used: {
    title: 'Vous avez quitté cet appel',
    advice: 'Rejoignez l’appel pour revenir.',
  },
  resume_rejected: {
    title: 'Vous n’êtes plus dans l’appel',
    advice: 'Vous avez été déconnecté trop longtemps. Rejoignez l’appel pour revenir.',
  },
  credentials_invalid: {
    title: 'L’adresse e-mail ou le mot de passe est incorrect',
    advice: 'Vérifiez les deux et réessayez, ou choisissez un nouveau mot de passe.',
  },
  account_needed: {
    title: 'Il vous faut un compte pour cela',
    advice: 'Connectez-vous, ou demandez un compte à la personne qui gère ce serveur.',
  },
  account_blocked: {
    title: 'Votre compte est bloqué',
    advice: 'Adressez-vous à la personne qui gère ce serveur.',
  },
  address_blocked: {
    title: 'Votre réseau est bloqué',
    advice: 'Utilisez un autre réseau, ou adressez-vous à la personne qui gère ce serveur.',
  },
  registration_closed: {
    title: 'On ne peut pas créer de compte ici',
    advice: 'Demandez une invitation à la personne qui gère ce serveur.',
  },
  setup_needed: {
    title: 'Ce serveur est nouveau',
    advice: 'Le premier compte demande le code d’installation, affiché là où le serveur a été démarré.',
  },
  link_invalid: {
    title: 'Ce lien n’est plus valable',
    advice: 'Il a déjà servi ou il est trop ancien. Demandez-en un nouveau.',
  },
  email_taken: {
    title: 'Cette adresse e-mail a déjà un compte',
    advice: 'Connectez-vous, ou choisissez un nouveau mot de passe.',
  },
  forbidden: {
    title: 'Vous ne pouvez pas faire cela dans cet appel',
    advice: 'Votre rôle dans l’appel ne le permet pas.',
  },
  not_admitted: {
    title: 'Un hôte doit vous laisser entrer',
    advice: 'Attendez un instant, ou demandez à la personne qui dirige l’appel.',
  },
  denied: {
    title: 'On ne vous a pas laissé entrer',
    advice: 'Demandez à la personne qui dirige l’appel.',
  },
  waiting_full: {
    title: 'Trop de personnes attendent devant cet appel',
    advice: 'Réessayez dans quelques minutes.',
  },
  origin_not_allowed: {
    title: 'Les appels ne fonctionnent pas à cette adresse',
    advice: 'Ouvrez l’adresse habituelle de ce serveur, ou demandez à la personne qui le gère.',
  },
  passcode_needed: {
    title: 'Cette salle demande un code d’accès',
    advice: 'Demandez-le à la personne qui vous a invité.',
  },
  passcode_wrong: {
    title: 'Ce n’est pas le code d’accès',
    advice: 'Regardez l’invitation, puis saisissez-le encore une fois.',
  },
  banned: {
    title: 'Vous ne pouvez pas entrer dans cette salle',
    advice: 'Les personnes qui la dirigent l’ont décidé. Demandez-leur si vous pensez que c’est une erreur.',
  },
  room_locked: {
    title: 'La salle est verrouillée',
    advice: 'Demandez à quelqu’un à l’intérieur de l’ouvrir, puis réessayez.',
  },
  guests_refused: {
    title: 'Cette salle est réservée aux personnes qui ont un compte',
    advice: 'Connectez-vous, puis réessayez.',
  },
  room_not_open: {
    title: 'La salle n’est pas encore ouverte',
    advice: 'Revenez quand elle ouvrira.',
  },
  room_closed: {
    title: 'Cette salle est fermée',
    advice: 'Son temps est écoulé. Demandez-en une autre à la personne qui vous a invité.',
  },
  not_found: {
    title: 'Introuvable',
    advice: 'L’élément a peut-être été supprimé. Allez à la page d’accueil.',
  },
  room_not_found: {
    title: 'Cet appel n’existe pas',
    advice:
      'Il est peut-être terminé, ou le lien contient une erreur. Redemandez le lien, ou lancez un nouvel appel.',
  },
  peer_not_found: {
    title: 'Cette personne n’est plus dans l’appel',
    advice: 'Elle vient peut-être de partir.',
  },
  transport_not_found: {
    title: 'La connexion a été perdue',
    advice: 'Rejoignez l’appel pour revenir.',
  },
  producer_not_found: {
    title: 'Cette vidéo ou ce son est terminé',
    advice: 'Vous n’avez rien à faire.',
  },
  consumer_not_found: {
    title: 'Cette vidéo ou ce son est terminé',
    advice: 'Vous n’avez rien à faire.',
  },
  not_joined: {
    title: 'Vous n’êtes pas dans l’appel',
    advice: 'Rejoignez-le d’abord.',
  },
  already_joined: {
    title: 'Vous êtes déjà dans cet appel',
    advice: 'Quittez-le dans l’autre onglet, ou rejoignez-le à nouveau ici.',
  },
  conflict: {
    title: 'Quelque chose a changé entre-temps',
    advice: 'Vérifiez, puis réessayez.',
  },
  cannot_consume: {
    title: 'Ce navigateur ne peut pas afficher cette vidéo',
    advice: 'Utilisez une version récente de Chrome, Edge, Firefox ou Safari.',
  },
  closed: {
    title: 'C’est déjà terminé',
    advice: 'Réessayez.',
  },
  room_full: {
    title: 'L’appel est complet',
    advice: 'Réessayez quand quelqu’un sera parti.',
  },
  too_many: {
    title: 'Il y en a déjà trop',
    advice: 'Supprimez ce dont vous n’avez plus besoin, puis réessayez.',
  },
  rate_limited: {
    title: 'C’était trop rapide',
    advice: 'Attendez un instant, puis réessayez.',
  },
  over_limit: {
    title: 'Votre appareil a envoyé plus que ce serveur ne le permet',
    advice: 'Attendez un instant, puis réessayez.',
  },
  room_busy: {
    title: 'Il se passe trop de choses à la fois dans cet appel',
    advice: 'Attendez un instant, puis réessayez.',
  },
  address_limited: {
    title: 'Trop de personnes participent depuis votre réseau',
    advice: 'Réessayez quand quelqu’un sera parti, ou demandez à la personne qui gère ce serveur.',
  },
  room_quarantined: {
    title: 'Cet appel est fermé pendant dix minutes',
    advice:
      'Le son et l’image y sont tombés en panne plusieurs fois. Démarrez un autre appel et partagez son lien.',
  },
  at_capacity: {
    title: 'Le serveur est complet en ce moment',
    advice: 'Les appels en cours continuent. Réessayez dans une minute.',
  },
  media_unavailable: {
    title: 'Le son et la vidéo ne sont pas disponibles en ce moment',
    advice: 'Une partie du serveur ne répond pas. Réessayez dans un instant.',
  },
  unavailable: {
    title: 'Le serveur n’est pas disponible en ce moment',
    advice: 'Réessayez dans un instant.',
  },
  timeout: {
    title: 'Cela a pris trop de temps',
    advice: 'Votre réseau ou le serveur est lent en ce moment. Réessayez.',
  },
  internal: {
    title: 'Un problème est survenu sur le serveur',
    advice:
      'Réessayez. Si cela se reproduit, envoyez la référence ci-dessous à la personne qui gère ce serveur.',
  },
  device_permission_denied: {
    title: 'Le navigateur n’a pas le droit de l’utiliser',
    advice: 'Autorisez-le avec l’icône à côté de l’adresse, puis réessayez.',
  },
  device_not_found: {
    title: 'Aucun appareil n’a été trouvé',
    advice: 'Branchez-en un et réessayez.',
  },
  device_busy: {
    title: 'Un autre programme l’utilise',
    advice: 'Fermez l’autre programme, puis réessayez.',
  },
  device_failed: {
    title: 'L’appareil n’a pas démarré',
    advice: 'Débranchez-le et rebranchez-le, ou choisissez-en un autre.',
  },
  device_stopped: {
    title: 'L’appareil s’est arrêté plusieurs fois',
    advice:
      'Un autre programme le prend peut-être. Fermez ce programme et réessayez, ou choisissez un autre appareil.',
  },
  device_unplugged: {
    title: 'L’appareil a été débranché',
    advice: 'Rebranchez-le ou choisissez-en un autre, puis activez-le.',
  },
  insecure_origin: {
    title: 'La caméra et le micro demandent une adresse sécurisée',
    advice:
      'Les navigateurs ne les autorisent qu’aux adresses https:// et sur localhost. Ouvrez l’adresse https:// de ce serveur.',
  },
  logged_out: {
    title: 'Vous n’êtes pas connecté',
    advice: 'Connectez-vous, puis réessayez.',
  },
  unsupported_browser: {
    title: 'Ce navigateur ne permet pas les appels vidéo',
    advice: 'Utilisez une version récente de Chrome, Edge, Firefox ou Safari.',
  },
  network_unreachable: {
    title: 'Le serveur est injoignable',
    advice:
      'Vérifiez votre connexion réseau. À l’hôtel ou dans le train, ouvrez d’abord une autre page : le réseau demande peut-être de vous connecter.',
  },
  network_sign_in: {
    title: 'Votre réseau vous demande d’abord de vous connecter',
    advice:
      'Ouvrez une autre page dans un nouvel onglet et connectez-vous au réseau, par exemple au Wi-Fi de l’hôtel. Puis revenez.',
  },
  screen_share_denied: {
    title: 'Votre écran n’est pas partagé',
    advice: 'Aucun écran n’a été choisi. Partagez à nouveau pour en choisir un.',
  },
  screen_share_blocked: {
    title: 'Ce navigateur n’a pas le droit d’enregistrer votre écran',
    advice: 'Autorisez-le dans les réglages de votre système, puis partagez à nouveau.',
  },
  screen_share_unsupported: {
    title: 'Ce navigateur ne peut pas partager l’écran',
    advice: 'Rejoignez l’appel depuis un ordinateur pour partager.',
  },
  screen_sound_failed: {
    title: 'Le son de votre écran n’a pas pu être partagé',
    advice: 'Partagez à nouveau : votre écran sera alors partagé sans le son.',
  },
  session_copied: {
    title: 'Votre place dans l’appel a été fermée',
    advice:
      'Quelqu’un d’autre a essayé de l’utiliser. Rejoignez l’appel pour revenir ; si cela se reproduit, utilisez un autre navigateur.',
  },
  session_taken_over: {
    title: 'Vous avez rejoint l’appel depuis un autre endroit',
    advice: 'L’appel continue dans l’autre onglet ou appareil. Rejoignez-le à nouveau pour le ramener ici.',
  },
  session_removed: {
    title: 'Vous avez été retiré de l’appel',
    advice: 'Demandez à la personne qui dirige l’appel avant de revenir.',
  },
  session_banned: {
    title: 'Vous avez été retiré définitivement de l’appel',
    advice: 'Vous ne pouvez pas revenir dans cette salle.',
  },
  session_call_ended: {
    title: 'L’appel a été terminé pour tout le monde',
    advice: 'Démarrez-en un nouveau quand vous en avez besoin.',
  },
  session_ended_by_operator: {
    title: 'Un opérateur de ce serveur a mis fin à l’appel',
    advice: 'Si vous ne savez pas pourquoi, demandez aux personnes qui gèrent ce serveur.',
  },
  session_moved: {
    title: 'Vous continuez avec un autre appareil',
    advice: 'Rejoignez l’appel à nouveau pour le ramener ici.',
  },
} satisfies Translation<typeof english>;
