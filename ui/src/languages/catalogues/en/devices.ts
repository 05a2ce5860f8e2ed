export default {
  microphone: 'Microphone',
  camera: 'Camera',
  speaker: 'Speaker',
  noMicrophone: 'No microphone',
  noCamera: 'No camera',
  defaultSpeaker: 'Default speaker',
  switchCamera: 'Switch camera',
  microphoneSwitch: {
    off: 'Unmute microphone',
    starting: 'The microphone is starting. Stop it',
    on: 'Mute microphone',
  },
  cameraSwitch: {
    off: 'Turn on camera',
    starting: 'The camera is starting. Stop it',
    on: 'Turn off camera',
  },
  cameraState: {
    on: 'Your camera is on',
    off: 'Your camera is off',
    noPicture: 'No picture',
    starting: 'Starting the camera…',
  },
  asking: {
    title: 'Answer the question of your browser',
    advice:
      '{device, select, microphone {It asks whether this page may use your microphone.} camera {It asks whether this page may use your camera.} other {It asks whether this page may use your microphone and camera.}}',
  },
  silenced: {
    title:
      '{device, select, microphone {Your system has muted your microphone} camera {Your system has turned your camera off} other {Your system has turned your microphone and camera off}}',
    advice:
      '{device, select, microphone {The others cannot hear you. Look for a switch on your headset, or in the settings of your device.} camera {The others cannot see you. Look for a cover or a switch on the camera, or in the settings of your device.} other {The others cannot hear or see you. Look for a switch, or in the settings of your device.}}',
  },
  soundless: {
    title: 'Your microphone gives no sound',
    advice:
      'The others hear nothing of you. Look for a mute switch on your headset or cable, or choose another microphone.',
  },
  setback: {
    title:
      '{device, select, camera {The other camera did not start} other {The other microphone did not start}}',
    advice:
      '{device, select, camera {{reason}. Your camera of before is used again.} other {{reason}. Your microphone of before is used again.}}',
    busy: 'Another program may be using it',
  },
  errors: {
    device_permission_denied: {
      title:
        '{device, select, microphone {The browser is not allowed to use your microphone} camera {The browser is not allowed to use your camera} other {The browser is not allowed to use your microphone and camera}}',
      advice:
        '{device, select, microphone {Allow it with the icon next to the address, then try again.} camera {Allow it with the icon next to the address, then try again.} other {Allow them with the icon next to the address, then try again.}}',
    },
    device_not_found: {
      title:
        '{device, select, microphone {No microphone was found} camera {No camera was found} other {No microphone and no camera were found}}',
      advice:
        '{device, select, microphone {Plug one in and try again.} camera {Plug one in and try again.} other {Plug them in and try again.}}',
    },
    device_busy: {
      title:
        '{device, select, microphone {Another program is using your microphone} camera {Another program is using your camera} other {Another program is using your microphone and camera}}',
      advice:
        '{device, select, microphone {Close the other program, then try again.} camera {Close the other program, then try again.} other {Close the other program, then try again.}}',
    },
    device_failed: {
      title:
        '{device, select, microphone {Your microphone did not start} camera {Your camera did not start} other {Your microphone and camera did not start}}',
      advice:
        '{device, select, microphone {Unplug it and plug it in again, or choose another one.} camera {Unplug it and plug it in again, or choose another one.} other {Unplug them and plug them in again, or choose others.}}',
    },
    device_stopped: {
      title:
        '{device, select, microphone {Your microphone stopped several times} camera {Your camera stopped several times} other {Your microphone and camera stopped several times}}',
      advice:
        '{device, select, microphone {Another program may be taking it. Close that program and try again, or choose another one.} camera {Another program may be taking it. Close that program and try again, or choose another one.} other {Another program may be taking them. Close that program and try again, or choose others.}}',
    },
    device_unplugged: {
      title:
        '{device, select, microphone {Your microphone was unplugged} camera {Your camera was unplugged} other {Your microphone and camera were unplugged}}',
      advice:
        '{device, select, microphone {Plug it in again or choose another one, then turn it on.} camera {Plug it in again or choose another one, then turn it on.} other {Plug them in again or choose others, then turn them on.}}',
    },
    over_limit: {
      title:
        '{device, select, microphone {Your microphone was turned off, because it sent too much} camera {Your camera was turned off, because it sent too much} other {Your microphone and camera were turned off, because they sent too much}}',
      advice:
        '{device, select, microphone {Wait a moment, then turn it on again.} camera {Wait a moment, then turn it on again.} other {Wait a moment, then turn them on again.}}',
    },
  },
} as const;
