export default {
  roles: {
    owner: 'Owner',
    host: 'Host',
    viewer: 'Viewer',
  },
  menu: {
    mute: 'Mute',
    ask: 'Ask to unmute',
    stopCamera: 'Turn off camera',
    stopScreen: 'Stop screen share',
    lowerHand: 'Lower hand',
    makeHost: 'Make host',
    makeParticipant: 'Make participant',
    makeViewer: 'Make viewer',
    handOver: 'Hand over as host',
    remove: 'Remove from the call',
    ban: 'Ban from the room',
  },
  questions: {
    makeViewer: {
      title: 'Make {name} a viewer?',
      text: 'A viewer can listen, watch and write, but not speak, show a camera or share a screen.',
      confirm: 'Make viewer',
    },
    handOver: {
      title: 'Hand over to {name}?',
      text: '{name} becomes host, and you become a participant.',
      confirm: 'Hand over',
    },
    remove: {
      title: 'Remove {name} from the call?',
      text: '{name} can come back with the link.',
      confirm: 'Remove',
    },
    ban: {
      title: 'Ban {name} from the room?',
      text: '{name} leaves now and cannot come back: with an account until the ban is lifted, as a guest for 24 hours. Until then no other guest from the same network comes in either.',
      confirm: 'Ban',
    },
    endCall: {
      title: 'End the call for everybody?',
      text: 'Everybody leaves the call now, and so do you.',
      confirm: 'End for all',
    },
  },
  cancel: 'Cancel',
  panel: {
    open: 'Host controls',
    title: 'Host controls',
    description: 'What you change here applies at once, for everybody in the call.',
    muteAll: 'Mute all',
    stayMuted: 'Mute all, and nobody may unmute',
    lowerHands: 'Lower all hands',
    endCall: 'End the call for all',
  },
  leaveMenu: 'More ways to leave',
  denied: {
    microphone: {
      viewer: 'You are a viewer: you can listen, not speak',
      settings: 'Only hosts may unmute now. Raise your hand if you want to speak',
    },
    camera: {
      viewer: 'You are a viewer: you cannot show a camera',
      settings: 'Only hosts may turn on the camera now',
    },
    screen: {
      viewer: 'You are a viewer: you cannot share a screen',
      settings: 'Only hosts may share a screen now',
    },
    chat: {
      viewer: 'Only hosts may write in the chat now',
      settings: 'Only hosts may write in the chat now',
    },
  },
  newHost: '{name} is a host now',
} as const;
