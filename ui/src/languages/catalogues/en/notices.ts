export default {
  list: 'Notices',
  dismiss: 'Dismiss',
  turnOnSound: 'Turn on the sound',
  showPictures: 'Show the pictures',
  voicesOnly: 'Voices only',
  check: 'Check',
  failed: {
    title: 'That did not work',
    advice: 'Try again.',
  },
  replaced:
    '{device, select, microphone {Another one is used now. Mute it if you do not want this.} camera {Another one is used now. Turn it off if you do not want this.} other {Others are used now. Turn them off if you do not want this.}}',
  'speaker-unplugged': {
    title: 'Your speaker was unplugged',
    advice: 'Sound goes to the default speaker now.',
  },
  'screen-sound-left-out': {
    title: 'Your screen is shared without its sound',
    advice: 'Share a tab to share the sound of that tab.',
  },
  'screen-share-ended': {
    title: 'Your screen is no longer shared',
    advice: 'It was ended in the browser or by your system, or its window was closed.',
  },
  'network-poor': {
    title: 'Your connection is poor',
    advice: 'Without pictures you may hear the others better.',
  },
  'computer-busy': {
    title: 'Your computer is very busy',
    advice: 'Until it keeps up again, you may see fewer pictures, or yours is sent smaller.',
  },
  reconnected: {
    title: 'You are connected again',
  },
  'media-restored': {
    title: 'Sound and video are back',
  },
  'no-media': {
    title: 'Sound and pictures do not get through',
    advice:
      'A firewall, a VPN or a setting of this network blocks them. Try another network, or check the connection.',
  },
  'autoplay-blocked': {
    title: 'The browser has blocked the sound',
    advice: 'Turn it on to hear the others.',
  },
  'pictures-limited': {
    title: 'Pictures are limited for now',
    advice:
      'Many people are in calls right now. You still hear everybody, and more pictures come when there is space.',
  },
  'pictures-blocked': {
    title: 'The browser has stopped the pictures',
    advice: 'It may save the battery. Show them again to see the others.',
  },
} as const;
