import type english from '../en/notices.ts';
import type { Translation } from '../../translation.ts';

export default {
  list: 'Notifications',
  dismiss: 'Masquer',
  turnOnSound: 'Activer le son',
  showPictures: 'Afficher les images',
  voicesOnly: 'Voix seules',
  check: 'Vérifier',
  failed: {
    title: 'Cela n’a pas fonctionné',
    advice: 'Réessayez.',
  },
  replaced:
    '{device, select, microphone {Un autre est maintenant utilisé. Coupez-le si vous ne le souhaitez pas.} camera {Une autre est maintenant utilisée. Coupez-la si vous ne le souhaitez pas.} other {D’autres sont maintenant utilisés. Coupez-les si vous ne le souhaitez pas.}}',
  'speaker-unplugged': {
    title: 'Votre haut-parleur a été débranché',
    advice: 'Le son sort maintenant du haut-parleur par défaut.',
  },
  'screen-sound-left-out': {
    title: 'Votre écran est partagé sans le son',
    advice: 'Partagez un onglet pour partager le son de cet onglet.',
  },
  'screen-share-ended': {
    title: 'Votre écran n’est plus partagé',
    advice: 'Le partage a été arrêté dans le navigateur ou par votre système, ou la fenêtre a été fermée.',
  },
  'network-poor': {
    title: 'Votre connexion est faible',
    advice: 'Sans les images, vous entendrez peut-être mieux les autres.',
  },
  'computer-busy': {
    title: 'Votre ordinateur est très sollicité',
    advice:
      'Jusqu’à ce qu’il suive à nouveau, vous voyez peut-être moins d’images, ou la vôtre est envoyée plus petite.',
  },
  reconnected: {
    title: 'La connexion est rétablie',
  },
  'media-restored': {
    title: 'Le son et la vidéo sont de retour',
  },
  'no-media': {
    title: 'Le son et les images ne passent pas',
    advice:
      'Un pare-feu, un VPN ou un réglage de ce réseau les bloque. Essayez un autre réseau ou vérifiez la connexion.',
  },
  'autoplay-blocked': {
    title: 'Le navigateur a bloqué le son',
    advice: 'Activez-le pour entendre les autres.',
  },
  'pictures-limited': {
    title: 'Les images sont limitées pour le moment',
    advice:
      'Beaucoup de personnes sont en appel en ce moment. Vous entendez toujours tout le monde, et d’autres images arriveront dès qu’il y aura de la place.',
  },
  'pictures-blocked': {
    title: 'Le navigateur a arrêté les images',
    advice: 'Il économise peut-être la batterie. Affichez-les à nouveau pour voir les autres.',
  },
} satisfies Translation<typeof english>;
