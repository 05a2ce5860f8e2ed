export default {
  name: {
    changed: 'Your name was changed',
    notChanged: 'Your name was not changed. {reason}.',
    late: 'The server cannot be reached. Your name changes as soon as it is back.',
    saving: 'Saving…',
    missing: 'Enter your name so that the others know who you are.',
    noLetter: 'A name needs a letter or a digit. Add one so that the others can call you.',
    tooLong: 'This name is too long. Use a shorter one.',
    cannotBeShown: 'This name contains characters that cannot be shown. Delete it and type it again.',
  },
} as const;
