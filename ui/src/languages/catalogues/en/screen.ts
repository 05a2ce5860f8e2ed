export default {
  notShared: 'Your screen is not shared',
  blocked: {
    title: 'This browser is not allowed to record your screen',
    onMac:
      'Open System Settings, Privacy & Security, Screen & System Audio Recording, and switch this browser on. Then quit the browser and open it again.',
    elsewhere:
      'Allow screen recording for this browser in the settings of your system, and for this page in the settings of the browser. Then share again.',
  },
  errors: {
    screen_share_unsupported: {
      title: 'This browser cannot share the screen',
      advice:
        'Browsers of phones and tablets cannot. Join with Chrome, Edge, Firefox or Safari on a computer to share.',
    },
    screen_sound_failed: {
      title: 'The sound of your screen could not be shared',
      advice: 'Press “Share screen” again: your screen is then shared without sound.',
    },
    insecure_origin: {
      title: 'Sharing the screen needs a secure address',
      advice:
        'Browsers allow it only at https:// addresses and localhost. Open the https:// address of this server.',
    },
    device_not_found: {
      title: 'There was no screen or window to share',
      advice: 'Open the window that you want to share, then share again.',
    },
    device_busy: {
      title: 'Your system did not give the picture of your screen',
      advice: 'Close other programs that record the screen, or share a window or a tab instead.',
    },
    device_failed: {
      title: 'Sharing your screen did not start',
      advice: 'Press “Share screen” again. If that fails too, share a window or a tab instead.',
    },
  },
  share: {
    paused: {
      title: 'Your screen share is paused',
      detail: 'The others see and hear nothing of it.',
    },
    running: {
      title: 'You are sharing your screen',
      seen: 'Everyone sees it.',
      seenAndHeard: 'Everyone sees it and hears its sound.',
    },
  },
} as const;
