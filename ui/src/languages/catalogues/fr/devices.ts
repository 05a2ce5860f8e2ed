import type english from '../en/devices.ts';
import type { Translation } from '../../translation.ts';

export default {
  microphone: 'Micro',
  camera: 'Caméra',
  speaker: 'Haut-parleur',
  noMicrophone: 'Pas de micro',
  noCamera: 'Pas de caméra',
  defaultSpeaker: 'Haut-parleur par défaut',
  switchCamera: 'Changer de caméra',
  microphoneSwitch: {
    off: 'Activer le micro',
    starting: 'Le micro démarre. L’arrêter',
    on: 'Couper le micro',
  },
  cameraSwitch: {
    off: 'Activer la caméra',
    starting: 'La caméra démarre. L’arrêter',
    on: 'Couper la caméra',
  },
  cameraState: {
    on: 'Votre caméra est activée',
    off: 'Votre caméra est coupée',
    noPicture: 'Pas d’image',
    starting: 'Démarrage de la caméra…',
  },
  asking: {
    title: 'Répondez à la question de votre navigateur',
    advice:
      '{device, select, microphone {Il demande si cette page peut utiliser votre micro.} camera {Il demande si cette page peut utiliser votre caméra.} other {Il demande si cette page peut utiliser votre micro et votre caméra.}}',
  },
  silenced: {
    title:
      '{device, select, microphone {Votre système a coupé votre micro} camera {Votre système a coupé votre caméra} other {Votre système a coupé votre micro et votre caméra}}',
    advice:
      '{device, select, microphone {Les autres ne vous entendent pas. Cherchez un interrupteur sur votre casque ou dans les paramètres de votre appareil.} camera {Les autres ne vous voient pas. Cherchez un cache ou un interrupteur sur la caméra, ou dans les paramètres de votre appareil.} other {Les autres ne vous entendent pas et ne vous voient pas. Cherchez un interrupteur, ou dans les paramètres de votre appareil.}}',
  },
  soundless: {
    title: 'Votre micro ne donne aucun son',
    advice:
      'Les autres ne vous entendent pas. Cherchez un bouton de sourdine sur votre casque ou son câble, ou choisissez un autre micro.',
  },
  setback: {
    title: '{device, select, camera {L’autre caméra n’a pas démarré} other {L’autre micro n’a pas démarré}}',
    advice:
      '{device, select, camera {{reason}. La caméra précédente est de nouveau utilisée.} other {{reason}. Le micro précédent est de nouveau utilisé.}}',
    busy: 'Un autre programme l’utilise peut-être',
  },
  errors: {
    device_permission_denied: {
      title:
        '{device, select, microphone {Le navigateur n’a pas le droit d’utiliser votre micro} camera {Le navigateur n’a pas le droit d’utiliser votre caméra} other {Le navigateur n’a pas le droit d’utiliser votre micro et votre caméra}}',
      advice:
        '{device, select, microphone {Autorisez-le avec l’icône à côté de l’adresse, puis réessayez.} camera {Autorisez-la avec l’icône à côté de l’adresse, puis réessayez.} other {Autorisez-les avec l’icône à côté de l’adresse, puis réessayez.}}',
    },
    device_not_found: {
      title:
        '{device, select, microphone {Aucun micro n’a été trouvé} camera {Aucune caméra n’a été trouvée} other {Ni micro ni caméra n’ont été trouvés}}',
      advice:
        '{device, select, microphone {Branchez-en un et réessayez.} camera {Branchez-en une et réessayez.} other {Branchez-les et réessayez.}}',
    },
    device_busy: {
      title:
        '{device, select, microphone {Un autre programme utilise votre micro} camera {Un autre programme utilise votre caméra} other {Un autre programme utilise votre micro et votre caméra}}',
      advice:
        '{device, select, microphone {Fermez l’autre programme, puis réessayez.} camera {Fermez l’autre programme, puis réessayez.} other {Fermez l’autre programme, puis réessayez.}}',
    },
    device_failed: {
      title:
        '{device, select, microphone {Votre micro n’a pas démarré} camera {Votre caméra n’a pas démarré} other {Votre micro et votre caméra n’ont pas démarré}}',
      advice:
        '{device, select, microphone {Débranchez-le et rebranchez-le, ou choisissez-en un autre.} camera {Débranchez-la et rebranchez-la, ou choisissez-en une autre.} other {Débranchez-les et rebranchez-les, ou choisissez-en d’autres.}}',
    },
    device_stopped: {
      title:
        '{device, select, microphone {Votre micro s’est arrêté plusieurs fois} camera {Votre caméra s’est arrêtée plusieurs fois} other {Votre micro et votre caméra se sont arrêtés plusieurs fois}}',
      advice:
        '{device, select, microphone {Un autre programme le prend peut-être. Fermez ce programme et réessayez, ou choisissez-en un autre.} camera {Un autre programme la prend peut-être. Fermez ce programme et réessayez, ou choisissez-en une autre.} other {Un autre programme les prend peut-être. Fermez ce programme et réessayez, ou choisissez-en d’autres.}}',
    },
    device_unplugged: {
      title:
        '{device, select, microphone {Votre micro a été débranché} camera {Votre caméra a été débranchée} other {Votre micro et votre caméra ont été débranchés}}',
      advice:
        '{device, select, microphone {Rebranchez-le ou choisissez-en un autre, puis activez-le.} camera {Rebranchez-la ou choisissez-en une autre, puis activez-la.} other {Rebranchez-les ou choisissez-en d’autres, puis activez-les.}}',
    },
    over_limit: {
      title:
        '{device, select, microphone {Votre micro a été coupé, car il envoyait trop de données} camera {Votre caméra a été coupée, car elle envoyait trop de données} other {Votre micro et votre caméra ont été coupés, car ils envoyaient trop de données}}',
      advice:
        '{device, select, microphone {Attendez un instant, puis réactivez-le.} camera {Attendez un instant, puis réactivez-la.} other {Attendez un instant, puis réactivez-les.}}',
    },
  },
} satisfies Translation<typeof english>;
