export default {
  description: 'Calm video calls on your own server.',
  title: 'Video calls on your own server.',
  pitch:
    'No account, nothing to install. Start a call, send the link, talk. Everything stays on this server.',
  startOrJoin: 'Start or join',
  orJoin: 'or join one',
  newCall: 'New call',
  accountsStart: 'On this server, people with an account start calls. You can join one as a guest.',
  accountsOnly: 'Calls on this server are for people with an account.',
  join: {
    codeOrLink: 'Code or link',
    hint: 'You can also paste the link of a call.',
    empty: 'Type a code or paste a link first.',
    noCode: 'There is no call code like {example} in this.',
    submit: 'Join call',
  },
} as const;
