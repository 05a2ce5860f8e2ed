export default {
  yourPicture: 'Your picture',
  yourCamera: 'Your camera',
  devices: 'Devices',
  continueWithout:
    '{device, select, microphone {Continue without it} camera {Continue without it} other {Continue without them}}',
  microphoneLevel: 'Microphone level',
  microphoneOff: 'The microphone is off',
  join: 'Join',
  ready: 'Ready?',
  presence:
    '{count, plural, =0 {Nobody else is here yet} one {1 person is in the call} other {# people are in the call}}',
  named: 'In the call: {people}',
  others: '{count, plural, one {# other person} other {# other people}}',
  yourName: 'Your name',
  nameExample: 'How the others see you',
  withAccount: 'You join with your account, {email}.',
  asGuest: 'You join as a guest.',
  speakerTest: {
    name: 'Test the speaker',
    idle: 'Test',
    playing: 'Playing…',
    failed: 'No sound',
  },
  looking: 'Looking for the call',
} as const;
