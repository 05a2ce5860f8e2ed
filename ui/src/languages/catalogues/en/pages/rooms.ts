export default {
  title: 'My rooms',
  visitsTitle: 'Rooms I was in',
  nav: 'Pages of your rooms',
  operator: 'Server',
  new: 'New room',
  guest: {
    text: 'These rooms belong to this browser. With an account you keep them, and have them on every device.',
    register: 'Make an account',
    logIn: 'Log in',
  },
  empty: {
    title: 'No rooms yet',
    text: 'A room keeps its link. Make one for the team, the choir or the family.',
  },
  untitled: 'Room without a name',
  people:
    '{count, plural, =0 {Nobody is there now} one {One person is there now} other {# people are there now}}',
  join: 'Join',
  joinNamed: 'Join {room}',
  settings: 'Settings',
  settingsNamed: 'Settings of {room}',
  history: 'Past calls',
  historyNamed: 'Past calls of {room}',
  more: 'Show more',
  back: 'Back to my rooms',
  name: {
    label: 'Name of the room',
    hint: 'Everybody in the call sees it. It may stay empty.',
    refused: 'This name is too long, or holds signs that cannot be shown. Use 120 characters or fewer.',
  },
  create: {
    intro: 'Choose how it works, or leave everything as it is. You can change it at any time.',
    submit: 'Make the room',
  },
  link: {
    title: 'Link',
    hint: 'Send it to everybody who should come.',
  },
  notYours: {
    title: 'You do not lead this room',
    advice:
      'Only its owner, and hosts while the call runs, can open this page. If it is yours, log in, or use the browser in which you made it.',
  },
  bans: {
    title: 'People who may not come in',
    none: 'Nobody is banned from this room.',
    by: 'Banned by {name}',
    until: 'until {time}',
    forGood: 'until you lift it',
    lift: 'Let in again',
    liftNamed: 'Let in again: {name}',
  },
  delete: {
    title: 'Delete the room',
    text: 'Its link stops working, a call that runs ends, and its chat, past calls and bans are deleted. This cannot be undone.',
    button: 'Delete…',
    question: 'Delete {room}?',
    confirm: 'Delete for good',
    keep: 'Keep the room',
  },
  visits: {
    empty: {
      title: 'No calls yet',
      text: 'The calls that you were in stand here for a while.',
    },
    as: 'as {name}',
    now: 'since {time}, you are there now',
    past: '{time}, for {duration}',
  },
} as const;
