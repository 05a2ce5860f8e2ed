export default {
  title: 'Something went wrong',
  advice: 'This page stopped working. Loading it again usually helps.',
  loadAgain: 'Load again',
} as const;
