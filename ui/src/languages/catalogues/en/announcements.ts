export default {
  joined: { one: '{people} joined', several: '{people} joined' },
  reconnecting: { one: '{people} is reconnecting', several: '{people} are reconnecting' },
  handRaised: { one: '{people} raised a hand', several: '{people} raised a hand' },
  screenShared: { one: '{people} shares the screen', several: '{people} share their screens' },
  screenPaused: { one: '{people} paused the shared screen', several: '{people} paused their shared screens' },
  screenResumed: {
    one: '{people} shows the shared screen again',
    several: '{people} show their shared screens again',
  },
  screenStopped: {
    one: '{people} stopped sharing the screen',
    several: '{people} stopped sharing the screen',
  },
  left: { one: '{people} left', several: '{people} left' },
  people: {
    two: '{first} and {second}',
    three: '{first}, {second} and {third}',
    more: '{count, plural, one {{first}, {second} and # other} other {{first}, {second} and # others}}',
  },
  newMessages: '{count, plural, one {# new message} other {# new messages}}',
  message: 'Message from {name}: {text}',
  privateMessage: 'Private message from {name}: {text}',
} as const;
