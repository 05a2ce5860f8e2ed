import type english from '../en/settings.ts';
import type { Translation } from '../../translation.ts';

export default {
  title: 'Paramètres',
  groups: {
    you: 'Vous',
    devices: 'Appareils',
    pictures: 'Images',
    view: 'Affichage',
  },
  rename: {
    label: 'Nom dans cet appel',
    save: 'Enregistrer',
  },
  sounds: {
    label: 'Son pour ce que vous manquez',
    hint: 'Quand quelqu’un rejoint l’appel, écrit ou lève la main pendant que vous regardez une autre page',
  },
  count: 'Le compter dans le titre de la page',
  voicesOnly: {
    label: 'Voix seules',
    hint: 'Aucune image, et votre caméra est coupée : pour un réseau faible',
  },
  savePower: {
    label: 'Économiser énergie et données',
    hint: 'Moins d’images des autres, et plus petites',
  },
  received: {
    label: 'Images reçues',
    all: 'Images des autres : toutes',
    most: 'Images des autres : {count, number} au plus',
    hint: 'Les écrans partagés, les personnes épinglées et celles qui parlent passent en premier.',
  },
  easeLoad: {
    label: 'Soulager un ordinateur sollicité',
    hint: 'Moins d’images, et la vôtre plus petite, tant qu’il ne suit pas',
  },
  afterMute: {
    label: 'Quand vous coupez le micro',
    free: {
      label: 'Micro coupé : libéré aussitôt',
      explanation:
        'Le voyant du micro s’éteint aussitôt. Activer le micro l’ouvre à nouveau, ce qui prend un instant.',
    },
    'free-soon': {
      label: 'Micro coupé : libéré après 3 secondes',
      explanation:
        'Les changements rapides et la touche pour parler sont instantanés, et le voyant du micro s’éteint peu après.',
    },
    'keep-open': {
      label: 'Micro coupé : laissé ouvert',
      explanation:
        'Activer le micro est toujours instantané, le navigateur ne redemande rien et les casques gardent leur son. Le voyant reste allumé.',
    },
    nothingSent: 'Rien n’est envoyé tant que votre micro est coupé, quel que soit votre choix.',
  },
  selfView: {
    label: 'Votre image',
    auto: 'Votre image : placée automatiquement',
    floating: 'Votre image : dans un coin',
    hidden: 'Votre image : masquée',
  },
  shortcuts: {
    title: 'Raccourcis clavier',
    description: 'Ils fonctionnent dès que vous n’êtes pas en train d’écrire.',
    actions: {
      microphone: 'Couper ou activer le micro',
      camera: 'Activer ou couper la caméra',
      share: 'Partager l’écran ou arrêter',
      hand: 'Lever ou baisser la main',
      chat: 'Ouvrir ou fermer le chat',
      people: 'Ouvrir ou fermer la liste des participants',
      statistics: 'Ouvrir ou fermer les statistiques',
      layout: 'Vue mosaïque ou intervenant',
      'self-view': 'Afficher ou masquer votre image',
      fullscreen: 'Plein écran',
      'picture-in-picture': 'Image dans l’image',
      'voices-only': 'Voix seules ou avec images',
      'copy-link': 'Copier le lien',
      'previous-page': 'Page précédente de participants',
      'next-page': 'Page suivante de participants',
      settings: 'Paramètres',
      help: 'Cette liste',
    },
    holdToTalk: 'Maintenir pour parler, micro coupé',
    keys: {
      pageup: 'Pg préc',
      pagedown: 'Pg suiv',
      space: 'Espace',
    },
  },
} satisfies Translation<typeof english>;
