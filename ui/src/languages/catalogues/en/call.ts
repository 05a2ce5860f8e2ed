export default {
  toasts: {
    linkCopied: 'Link copied',
    linkNotCopied: 'The link was not copied. Copy it from the address bar.',
    noVideo: 'There is no video to take out right now',
    noPictureInPicture: 'This browser did not open picture in picture',
  },
} as const;
