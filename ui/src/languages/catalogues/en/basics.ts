export default {
  language: 'Language',
  you: 'You',
  close: 'Close',
  tryAgain: 'Try again',
  loading: 'Loading…',
  reference: 'Reference',
  copyLink: {
    idle: 'Copy link',
    copied: 'Link copied',
    failed: 'Not copied',
  },
  today: 'Today',
  yesterday: 'Yesterday',
  lessThanMinute: 'less than a minute',
  measures: {
    kilobits: '{rate} kbit/s',
    megabits: '{rate} Mbit/s',
    percent: '{share} %',
    milliseconds: '{time} ms',
    resolution: '{size} at {rate}',
  },
} as const;
