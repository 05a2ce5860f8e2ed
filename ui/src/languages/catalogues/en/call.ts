export default {
  toasts: {
    linkCopied: 'Link copied',
    linkNotCopied: 'The link was not copied. Copy it from the address bar.',
    noVideo: 'There is no video to take out right now',
    noPictureInPicture: 'This browser did not open picture in picture',
  },
  heading: 'Call {code}',
  joining: 'Joining…',
  reconnecting: 'Reconnecting…',
  leaveQuestion: {
    title: 'Leave the call?',
    description: 'You can come back with the same link.',
    leave: 'Leave',
    stay: 'Stay',
  },
  voicesOnly: {
    title: 'Voices only',
    showPictures: 'Show pictures',
  },
  panel: {
    close: 'Close panel',
    chat: 'Chat',
    people: 'People',
    statistics: 'Statistics',
  },
} as const;
