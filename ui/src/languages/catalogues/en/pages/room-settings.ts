export default {
  door: 'Who may come in',
  call: 'In the call',
  locked: {
    label: 'Lock the room',
    hint: 'Nobody new comes in, except you and the hosts.',
  },
  waitingRoom: {
    label: 'Waiting room',
    hint: 'A host lets in everybody who comes.',
  },
  guestsAllowed: {
    label: 'People without an account may come in',
    hint: 'Turn it off, and only people who have logged in can join.',
  },
  namesBeforeJoin: {
    label: 'Show names before Join',
    hint: 'People who open the link see who is in the call. Turned off, they see only how many there are.',
  },
  passcode: {
    label: 'Passcode',
    none: 'At least 4 characters. Everybody who comes has to type it.',
    isSet: 'A passcode is set. Nobody can read it again; type another one to replace it.',
    tooShort: 'That is too short. Use 4 characters or more.',
    refused: 'This passcode cannot be used. Use 4 to 64 letters, digits or signs.',
    remove: 'Remove passcode',
  },
  capacity: {
    label: 'Places',
    hint: 'How many people may be there at once. Empty: as many as this server takes.',
    refused: 'Use a whole number from 1 to {max, number}.',
  },
  opensAt: 'Opens',
  closesAt: 'Closes',
  times: {
    hint: 'In your local time ({zone}). Empty: always.',
    order: 'The room closes before it opens. Change one of the two times.',
    clear: 'Clear {what}',
  },
  mutedOnEntry: {
    label: 'Everybody comes in muted',
    hint: 'They can unmute themselves, if they may.',
  },
  whoMayUnmute: 'Who may speak',
  whoMayStartVideo: 'Who may turn on the camera',
  whoMayShareScreen: 'Who may share the screen',
  whoMayChat: 'Who may write in the chat',
  whoMay: {
    everybody: 'Everybody',
    hosts: 'Only hosts',
  },
  history: {
    label: 'What people who come later read of the chat',
    call: 'Everything of this call',
    everything: 'Everything, also of earlier calls',
    nothing: 'Nothing from before they came',
  },
  saving: 'Saving…',
  saved: 'Saved',
  atOnce: 'Changes apply at once, also to a call that runs.',
} as const;
