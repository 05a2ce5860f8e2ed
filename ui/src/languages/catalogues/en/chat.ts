export default {
  list: 'Messages',
  newest: 'Newest messages',
  earlier: 'Show earlier messages',
  empty: {
    title: 'No messages yet',
    advice: 'Messages go to everyone in the call. To write to one person only, choose them below.',
  },
  cleared: {
    byYou: 'You cleared the chat',
    byName: '{name} cleared the chat',
  },
  message: {
    onlyToYou: 'only to you',
    onlyToName: 'only to {name}',
    onlyToOne: 'only to one person',
    private: '{sender}, {recipient}',
  },
  delivery: {
    sending: 'Sending…',
    failed: 'Not delivered.',
  },
  composer: {
    message: 'Message',
    toEveryone: 'Write to everyone',
    privately: 'Write privately',
    send: 'Send',
    length: '{length, number, ::group-off} of {max, number, ::group-off}',
  },
  recipient: {
    label: 'To',
    everyone: 'Everyone',
    only: 'Only {name}',
    gone: 'They have left',
  },
  clear: {
    button: 'Clear the chat',
    title: 'Clear the chat for everyone?',
    description: 'All messages are deleted, private ones too. The others see that you did it.',
    keep: 'Keep the messages',
    confirm: 'Clear the chat',
  },
} as const;
