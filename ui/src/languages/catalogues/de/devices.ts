import type english from '../en/devices.ts';
import type { Translation } from '../../translation.ts';

export default {
  microphone: 'Mikrofon',
  camera: 'Kamera',
  speaker: 'Lautsprecher',
  noMicrophone: 'Kein Mikrofon',
  noCamera: 'Keine Kamera',
  defaultSpeaker: 'Standard-Lautsprecher',
  switchCamera: 'Kamera wechseln',
  microphoneSwitch: {
    off: 'Mikrofon einschalten',
    starting: 'Das Mikrofon startet. Abbrechen',
    on: 'Mikrofon stummschalten',
  },
  cameraSwitch: {
    off: 'Kamera einschalten',
    starting: 'Die Kamera startet. Abbrechen',
    on: 'Kamera ausschalten',
  },
  cameraState: {
    on: 'Deine Kamera ist an',
    off: 'Deine Kamera ist aus',
    noPicture: 'Kein Bild',
    starting: 'Kamera wird gestartet…',
  },
  asking: {
    title: 'Beantworte die Frage deines Browsers',
    advice:
      '{device, select, microphone {Er fragt, ob diese Seite dein Mikrofon benutzen darf.} camera {Er fragt, ob diese Seite deine Kamera benutzen darf.} other {Er fragt, ob diese Seite dein Mikrofon und deine Kamera benutzen darf.}}',
  },
  silenced: {
    title:
      '{device, select, microphone {Dein System hat dein Mikrofon stummgeschaltet} camera {Dein System hat deine Kamera ausgeschaltet} other {Dein System hat dein Mikrofon und deine Kamera ausgeschaltet}}',
    advice:
      '{device, select, microphone {Die anderen können dich nicht hören. Suche einen Schalter an deinem Headset oder in den Einstellungen deines Geräts.} camera {Die anderen können dich nicht sehen. Suche eine Abdeckung oder einen Schalter an der Kamera oder in den Einstellungen deines Geräts.} other {Die anderen können dich weder hören noch sehen. Suche einen Schalter, auch in den Einstellungen deines Geräts.}}',
  },
  soundless: {
    title: 'Dein Mikrofon gibt keinen Ton',
    advice:
      'Die anderen hören nichts von dir. Suche einen Stummschalter an deinem Headset oder Kabel, oder wähle ein anderes Mikrofon.',
  },
  setback: {
    title:
      '{device, select, camera {Die andere Kamera ist nicht angesprungen} other {Das andere Mikrofon ist nicht angesprungen}}',
    advice:
      '{device, select, camera {{reason}. Deine vorige Kamera wird wieder benutzt.} other {{reason}. Dein voriges Mikrofon wird wieder benutzt.}}',
    busy: 'Vielleicht benutzt ein anderes Programm das Gerät',
  },
  errors: {
    device_permission_denied: {
      title:
        '{device, select, microphone {Der Browser darf dein Mikrofon nicht benutzen} camera {Der Browser darf deine Kamera nicht benutzen} other {Der Browser darf dein Mikrofon und deine Kamera nicht benutzen}}',
      advice:
        '{device, select, microphone {Erlaube es mit dem Symbol neben der Adresse und versuche es dann erneut.} camera {Erlaube sie mit dem Symbol neben der Adresse und versuche es dann erneut.} other {Erlaube beides mit dem Symbol neben der Adresse und versuche es dann erneut.}}',
    },
    device_not_found: {
      title:
        '{device, select, microphone {Es wurde kein Mikrofon gefunden} camera {Es wurde keine Kamera gefunden} other {Es wurden weder Mikrofon noch Kamera gefunden}}',
      advice:
        '{device, select, microphone {Schließe eines an und versuche es erneut.} camera {Schließe eine an und versuche es erneut.} other {Schließe sie an und versuche es erneut.}}',
    },
    device_busy: {
      title:
        '{device, select, microphone {Ein anderes Programm benutzt dein Mikrofon} camera {Ein anderes Programm benutzt deine Kamera} other {Ein anderes Programm benutzt dein Mikrofon und deine Kamera}}',
      advice:
        '{device, select, microphone {Schließe das andere Programm und versuche es dann erneut.} camera {Schließe das andere Programm und versuche es dann erneut.} other {Schließe das andere Programm und versuche es dann erneut.}}',
    },
    device_failed: {
      title:
        '{device, select, microphone {Dein Mikrofon ist nicht angesprungen} camera {Deine Kamera ist nicht angesprungen} other {Dein Mikrofon und deine Kamera sind nicht angesprungen}}',
      advice:
        '{device, select, microphone {Zieh es ab und schließe es wieder an, oder wähle ein anderes.} camera {Zieh sie ab und schließe sie wieder an, oder wähle eine andere.} other {Zieh sie ab und schließe sie wieder an, oder wähle andere.}}',
    },
    device_stopped: {
      title:
        '{device, select, microphone {Dein Mikrofon ist mehrmals ausgegangen} camera {Deine Kamera ist mehrmals ausgegangen} other {Dein Mikrofon und deine Kamera sind mehrmals ausgegangen}}',
      advice:
        '{device, select, microphone {Vielleicht nimmt ein anderes Programm es weg. Schließe dieses Programm und versuche es erneut, oder wähle ein anderes Mikrofon.} camera {Vielleicht nimmt ein anderes Programm sie weg. Schließe dieses Programm und versuche es erneut, oder wähle eine andere Kamera.} other {Vielleicht nimmt ein anderes Programm sie weg. Schließe dieses Programm und versuche es erneut, oder wähle andere Geräte.}}',
    },
    device_unplugged: {
      title:
        '{device, select, microphone {Dein Mikrofon wurde abgezogen} camera {Deine Kamera wurde abgezogen} other {Dein Mikrofon und deine Kamera wurden abgezogen}}',
      advice:
        '{device, select, microphone {Schließe es wieder an oder wähle ein anderes, und schalte es dann ein.} camera {Schließe sie wieder an oder wähle eine andere, und schalte sie dann ein.} other {Schließe sie wieder an oder wähle andere, und schalte sie dann ein.}}',
    },
    over_limit: {
      title:
        '{device, select, microphone {Dein Mikrofon wurde ausgeschaltet, weil es zu viel gesendet hat} camera {Deine Kamera wurde ausgeschaltet, weil sie zu viel gesendet hat} other {Dein Mikrofon und deine Kamera wurden ausgeschaltet, weil sie zu viel gesendet haben}}',
      advice:
        '{device, select, microphone {Warte einen Moment und schalte es dann wieder ein.} camera {Warte einen Moment und schalte sie dann wieder ein.} other {Warte einen Moment und schalte sie dann wieder ein.}}',
    },
  },
} satisfies Translation<typeof english>;
