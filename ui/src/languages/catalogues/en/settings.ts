export default {
  title: 'Settings',
  groups: {
    you: 'You',
    devices: 'Devices',
    pictures: 'Pictures',
    view: 'View',
  },
  rename: {
    label: 'Name in this call',
    save: 'Save',
  },
  sounds: {
    label: 'Sound for what you miss',
    hint: 'When somebody joins, writes or raises a hand while you look at another page',
  },
  count: 'Count it in the title of the page',
  voicesOnly: {
    label: 'Voices only',
    hint: 'No pictures, and your camera is off: for a poor network',
  },
  savePower: {
    label: 'Save power and data',
    hint: 'Fewer and smaller pictures of the others',
  },
  received: {
    label: 'Received pictures',
    all: 'Pictures of the others: all',
    most: 'Pictures of the others: {count, number} at most',
    hint: 'Shared screens, pinned people and those who speak come first.',
  },
  easeLoad: {
    label: 'Help a busy computer',
    hint: 'Fewer pictures, and yours smaller, while it does not keep up',
  },
  afterMute: {
    label: 'When you mute',
    free: {
      label: 'After muting: free it at once',
      explanation:
        'The light of the microphone goes out at once. Unmuting opens it again, which takes a moment.',
    },
    'free-soon': {
      label: 'After muting: free it in 3 seconds',
      explanation:
        'Quick toggles and push-to-talk are instant, and the light of the microphone goes out soon.',
    },
    'keep-open': {
      label: 'After muting: keep it open',
      explanation:
        'Unmuting is always instant, the browser does not ask again, and headsets keep their sound. Its light stays on.',
    },
    nothingSent: 'Nothing is sent while you are muted, whatever you choose.',
  },
  selfView: {
    label: 'Your picture',
    auto: 'Your picture: placed automatically',
    floating: 'Your picture: in a corner',
    hidden: 'Your picture: hidden',
  },
  shortcuts: {
    title: 'Keyboard shortcuts',
    description: 'They work whenever you are not typing.',
    actions: {
      microphone: 'Mute or unmute',
      camera: 'Camera on or off',
      share: 'Share the screen, or stop',
      hand: 'Raise or lower your hand',
      chat: 'Open or close the chat',
      people: 'Open or close the list of people',
      statistics: 'Open or close the statistics',
      layout: 'Grid or speaker view',
      'self-view': 'Show or hide your own picture',
      fullscreen: 'Fullscreen',
      'picture-in-picture': 'Picture in picture',
      'voices-only': 'Voices only, or with pictures',
      'copy-link': 'Copy the link',
      'previous-page': 'Previous page of people',
      'next-page': 'Next page of people',
      settings: 'Settings',
      help: 'This list',
    },
    holdToTalk: 'Hold to talk while muted',
    keys: {
      pageup: 'PgUp',
      pagedown: 'PgDn',
      space: 'Space',
    },
  },
} as const;
