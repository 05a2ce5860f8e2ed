import type english from '../../en/pages/prejoin.ts';
import type { Translation } from '../../../translation.ts';

export default {
  yourPicture: 'Votre image',
  yourCamera: 'Votre caméra',
  devices: 'Appareils',
  continueWithout:
    '{device, select, microphone {Continuer sans micro} camera {Continuer sans caméra} other {Continuer sans les deux}}',
  microphoneLevel: 'Niveau du micro',
  microphoneOff: 'Le micro est coupé',
  join: 'Rejoindre',
  ready: 'Tout est prêt ?',
  presence:
    '{count, plural, =0 {Personne d’autre pour l’instant} one {# personne est dans l’appel} many {# personnes sont dans l’appel} other {# personnes sont dans l’appel}}',
  named: 'Dans l’appel : {people}',
  others: '{count, plural, one {# autre personne} many {# autres personnes} other {# autres personnes}}',
  yourName: 'Votre nom',
  nameExample: 'Comment les autres vous voient',
  withAccount: 'Vous rejoignez avec votre compte, {email}.',
  asGuest: 'Vous rejoignez en tant qu’invité.',
  speakerTest: {
    name: 'Tester le haut-parleur',
    idle: 'Tester',
    playing: 'Lecture…',
    failed: 'Aucun son',
  },
  looking: 'Recherche de l’appel',
} satisfies Translation<typeof english>;
