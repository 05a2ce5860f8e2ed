import type english from '../en/devices.ts';
import type { Translation } from '../../translation.ts';

export default {
  microphone: 'Micrófono',
  camera: 'Cámara',
  speaker: 'Altavoz',
  noMicrophone: 'Sin micrófono',
  noCamera: 'Sin cámara',
  defaultSpeaker: 'Altavoz predeterminado',
  switchCamera: 'Cambiar de cámara',
  microphoneSwitch: {
    off: 'Activar micrófono',
    starting: 'El micrófono se está iniciando. Detener',
    on: 'Silenciar micrófono',
  },
  cameraSwitch: {
    off: 'Encender cámara',
    starting: 'La cámara se está iniciando. Detener',
    on: 'Apagar cámara',
  },
  cameraState: {
    on: 'Tu cámara está encendida',
    off: 'Tu cámara está apagada',
    noPicture: 'Sin imagen',
    starting: 'Iniciando la cámara…',
  },
  asking: {
    title: 'Responde a la pregunta de tu navegador',
    advice:
      '{device, select, microphone {Pregunta si esta página puede usar tu micrófono.} camera {Pregunta si esta página puede usar tu cámara.} other {Pregunta si esta página puede usar tu micrófono y tu cámara.}}',
  },
  silenced: {
    title:
      '{device, select, microphone {Tu sistema ha silenciado tu micrófono} camera {Tu sistema ha apagado tu cámara} other {Tu sistema ha apagado tu micrófono y tu cámara}}',
    advice:
      '{device, select, microphone {Los demás no pueden oírte. Busca un interruptor en tus auriculares o en los ajustes de tu dispositivo.} camera {Los demás no pueden verte. Busca una tapa o un interruptor en la cámara o en los ajustes de tu dispositivo.} other {Los demás no pueden oírte ni verte. Busca un interruptor o mira en los ajustes de tu dispositivo.}}',
  },
  soundless: {
    title: 'Tu micrófono no da sonido',
    advice:
      'Los demás no te oyen. Busca un botón de silencio en tus auriculares o en el cable, o elige otro micrófono.',
  },
  setback: {
    title:
      '{device, select, camera {La otra cámara no se ha iniciado} other {El otro micrófono no se ha iniciado}}',
    advice:
      '{device, select, camera {{reason}. Se vuelve a usar la cámara anterior.} other {{reason}. Se vuelve a usar el micrófono anterior.}}',
    busy: 'Puede que otro programa lo esté usando',
  },
  errors: {
    device_permission_denied: {
      title:
        '{device, select, microphone {El navegador no tiene permiso para usar tu micrófono} camera {El navegador no tiene permiso para usar tu cámara} other {El navegador no tiene permiso para usar tu micrófono y tu cámara}}',
      advice:
        '{device, select, microphone {Permítelo con el icono junto a la dirección e inténtalo de nuevo.} camera {Permítela con el icono junto a la dirección e inténtalo de nuevo.} other {Permítelos con el icono junto a la dirección e inténtalo de nuevo.}}',
    },
    device_not_found: {
      title:
        '{device, select, microphone {No se ha encontrado ningún micrófono} camera {No se ha encontrado ninguna cámara} other {No se ha encontrado ni micrófono ni cámara}}',
      advice:
        '{device, select, microphone {Conecta uno e inténtalo de nuevo.} camera {Conecta una e inténtalo de nuevo.} other {Conéctalos e inténtalo de nuevo.}}',
    },
    device_busy: {
      title:
        '{device, select, microphone {Otro programa está usando tu micrófono} camera {Otro programa está usando tu cámara} other {Otro programa está usando tu micrófono y tu cámara}}',
      advice:
        '{device, select, microphone {Cierra el otro programa e inténtalo de nuevo.} camera {Cierra el otro programa e inténtalo de nuevo.} other {Cierra el otro programa e inténtalo de nuevo.}}',
    },
    device_failed: {
      title:
        '{device, select, microphone {Tu micrófono no se ha iniciado} camera {Tu cámara no se ha iniciado} other {Tu micrófono y tu cámara no se han iniciado}}',
      advice:
        '{device, select, microphone {Desconéctalo y vuelve a conectarlo, o elige otro.} camera {Desconéctala y vuelve a conectarla, o elige otra.} other {Desconéctalos y vuelve a conectarlos, o elige otros.}}',
    },
    device_stopped: {
      title:
        '{device, select, microphone {Tu micrófono se ha detenido varias veces} camera {Tu cámara se ha detenido varias veces} other {Tu micrófono y tu cámara se han detenido varias veces}}',
      advice:
        '{device, select, microphone {Puede que otro programa lo esté tomando. Cierra ese programa e inténtalo de nuevo, o elige otro.} camera {Puede que otro programa la esté tomando. Cierra ese programa e inténtalo de nuevo, o elige otra.} other {Puede que otro programa los esté tomando. Cierra ese programa e inténtalo de nuevo, o elige otros.}}',
    },
    device_unplugged: {
      title:
        '{device, select, microphone {Tu micrófono se ha desconectado} camera {Tu cámara se ha desconectado} other {Tu micrófono y tu cámara se han desconectado}}',
      advice:
        '{device, select, microphone {Vuelve a conectarlo o elige otro, y después actívalo.} camera {Vuelve a conectarla o elige otra, y después enciéndela.} other {Vuelve a conectarlos o elige otros, y después actívalos.}}',
    },
    over_limit: {
      title:
        '{device, select, microphone {Se ha desactivado tu micrófono porque enviaba demasiado} camera {Se ha apagado tu cámara porque enviaba demasiado} other {Se han desactivado tu micrófono y tu cámara porque enviaban demasiado}}',
      advice:
        '{device, select, microphone {Espera un momento y vuelve a activarlo.} camera {Espera un momento y vuelve a encenderla.} other {Espera un momento y vuelve a activarlos.}}',
    },
  },
} satisfies Translation<typeof english>;
