import type english from '../en/stage.ts';
import type { Translation } from '../../translation.ts';

export default {
  reconnecting: 'Reconnexion…',
  alone: {
    title: 'Il n’y a que vous ici.',
    advice: 'Envoyez le lien pour inviter d’autres personnes.',
  },
  moveSelf: 'Déplacer votre image avec les touches fléchées',
  pager: {
    name: 'Pages',
    previous: 'Page précédente',
    next: 'Page suivante',
    place: '{page, number} sur {pages, number}',
  },
  strip: {
    name: 'Autres images',
    previous: 'Images précédentes',
    next: 'Images suivantes',
  },
  quality: {
    lost: 'Connexion perdue',
    veryPoor: 'Connexion très faible',
    poor: 'Connexion faible',
    good: 'Bonne connexion',
    veryGood: 'Très bonne connexion',
  },
  cameraOf: '{name}, caméra',
  screen: {
    own: 'Votre écran',
    of: 'Écran de {name}',
    paused: 'Partage d’écran en pause',
    waiting: 'En attente de l’écran…',
  },
  menu: {
    ofSelf: 'Options pour votre image',
    of: 'Options pour {name}',
    pin: 'Épingler',
    unpin: 'Désépingler',
    fill: 'Remplir la vignette',
    whole: 'Afficher l’image entière',
    automatic: 'Placer automatiquement',
    float: 'Afficher dans un coin',
    hide: 'Masquer votre image',
    writePrivately: 'Écrire en privé',
  },
} satisfies Translation<typeof english>;
