export default {
  muted: {
    title: '{name} muted you',
    advice: 'Unmute yourself when you want to speak.',
  },
  mutedForNow: {
    title: '{name} muted you',
    advice: 'Only hosts may unmute at the moment. Raise your hand if you want to say something.',
  },
  mutedByRules: {
    title: 'You are muted now',
    advice: 'Only hosts may speak at the moment. Raise your hand if you want to say something.',
  },
  asked: {
    title: '{name} asks you to unmute',
    advice: 'Turn on your microphone when you are ready.',
  },
  unmute: 'Unmute',
  stopped: {
    title: '{source, select, camera {{name} turned off your camera} other {{name} ended your screen share}}',
    advice: 'Ask before you start again.',
  },
  stoppedByRules: {
    title:
      '{source, select, microphone {Your microphone is off now} camera {Your camera is off now} other {Your screen is no longer shared}}',
    advice: 'Your role or the settings of the room do not allow it at the moment.',
  },
  handLowered: {
    title: '{name} lowered your hand',
    advice: 'Raise it again if you still want to say something.',
  },
  roleChanged: {
    title:
      '{role, select, host {{name} made you a host} viewer {{name} lets you watch only} other {{name} made you a participant}}',
    advice:
      '{role, select, host {You can admit, mute and remove people now.} viewer {You can listen, watch and write.} other {You can speak and show your camera.}}',
  },
  hostByRules: {
    title: 'You are the host now',
    advice: 'The last host has left. You can admit, mute and remove people.',
  },
  removed: {
    title: '{name} removed you from the call',
    advice: 'Ask the person who leads the call before you come back.',
  },
  banned: {
    title: '{name} removed you from the call for good',
    advice: 'You cannot come back to this room.',
  },
  ended: {
    title: '{name} ended the call for everybody',
    advice: 'Start a new one when you need it.',
  },
} as const;
