export default {
  titles: {
    logIn: 'Log in',
    register: 'Make an account',
    confirm: 'Confirm your address',
    forgot: 'Forgotten password',
    reset: 'New password',
    account: 'Your account',
  },
  email: 'E-mail address',
  emailWrong: 'Type a whole address, such as name@example.org.',
  password: 'Password',
  passwordMissing: 'Type your password.',
  newPassword: 'New password',
  currentPassword: 'Current password',
  passwordRule: 'At least {count, number} characters. A sentence is easy to remember.',
  passwordShort: 'Use at least {count, number} characters.',
  passwordLong: 'Use at most {count, number} characters.',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  name: 'Name',
  nameHint: 'How others see you in a call.',
  toLogIn: 'Log in',
  toRegister: 'Make an account',
  toForgot: 'Forgot your password?',
  loading: 'One moment…',
  tooOften: {
    title: 'That was tried too often',
    advice: 'Try again in {duration}.',
  },
  away: {
    title: 'Accounts cannot be used right now',
    advice: 'You can join calls as a guest meanwhile. Try again in a few minutes.',
  },
  brokenLink: {
    title: 'A part of the link is missing',
    advice: 'Open the link once more, from the first to the last character.',
  },
  refused: {
    providerLate: {
      title: 'The log-in took too long',
      advice: 'Start it once more. Cookies must be allowed for this page.',
    },
    providerRefused: {
      title: 'The other service did not log you in',
      advice: 'Try once more. The service must know your e-mail address, and must have confirmed it.',
    },
    providerUnknown: {
      title: 'You have no account here yet',
      advice: 'Ask the person who runs this server for one.',
    },
    providerTaken: {
      title: 'Log in with your password',
      advice:
        'Your address has an account here that was made with a password, and nobody has confirmed the address.',
    },
    providerAway: {
      title: 'The other service cannot be reached',
      advice: 'Try again in a few minutes, or log in with a password.',
    },
    setupCode: {
      title: 'This is not the setup code',
      advice: 'Run npm run accounts -- setup-code on the server, and copy what it prints.',
    },
    addressTaken: {
      title: 'This address cannot be used',
      advice: 'Log in if it is yours, or use another address.',
    },
    invitation: {
      title: 'This invitation does not work',
      advice:
        'It works once, for seven days, and may be for another address. Check the address, or ask for another invitation.',
    },
    confirmationLink: {
      title: 'This link does not work any more',
      advice:
        'It was used already, or is older than one day. Log in if you have used it; otherwise make the account again.',
    },
    confirmationTaken: {
      title: 'Your account is there already',
      advice: 'Log in with your address and your password.',
    },
    resetLink: {
      title: 'This link does not work any more',
      advice: 'It was used already, or is older than one hour. Ask for another one.',
    },
    password: {
      title: 'The current password is wrong',
      advice: 'Check it, then try again.',
    },
    logInAgain: {
      title: 'Log in once more first',
      advice: 'Log out, log in again, and do this within ten minutes.',
    },
    lastOperator: {
      title: 'Somebody must lead this server',
      advice:
        'You are the last one who may. Make another account an operator first: npm run accounts -- operator, with its address.',
    },
  },
  logIn: {
    title: 'Log in',
    withProvider: 'Log in with {name}',
    or: 'or with a password',
    setUp: 'This server has no account yet. The first one is for the person who runs it.',
    entering: 'Logging you in…',
    already: 'You are logged in as {name}.',
    goOn: 'Go on',
  },
  register: {
    title: 'Make an account',
    intro: {
      open: 'With an account your rooms stay, and you find them on every device.',
      invited: 'You are invited. With an account your rooms stay, and you find them on every device.',
      first:
        'This is the first account of this server. It leads the server: it can block people and end calls.',
    },
    setupCode: 'Setup code',
    setupCodeHint: 'The server shows it to whoever started it: npm run accounts -- setup-code',
    submit: 'Make the account',
    hasAccount: 'You have an account?',
    closed: {
      title: 'New accounts are not made here',
      advice: 'You can join calls as a guest. Ask the person who runs this server if you need an account.',
    },
    needsInvitation: {
      title: 'You need an invitation',
      advice: 'Ask the person who runs this server for one. It is a link that opens this page.',
    },
    sent: {
      title: 'Look into your mail',
      advice: 'We have written to {email}. Open the link in the mail within one day.',
      nothing: 'No mail? Look into the spam folder, or check the address.',
      back: 'Change the address',
    },
  },
  confirm: {
    title: 'Confirm your address',
    intro: 'One press, and your account is ready.',
    submit: 'Make my account',
    done: {
      title: 'Welcome, {name}',
      advice: 'Your account is ready, and you are logged in.',
    },
  },
  forgot: {
    title: 'Forgotten password',
    intro: 'Type the address of your account. A mail brings a link with which you choose another password.',
    submit: 'Send the link',
    noMail: {
      title: 'This server sends no mails',
      advice: 'Ask the person who runs it for a link: npm run accounts -- reset, with your address.',
    },
    sent: {
      title: 'Look into your mail',
      advice: 'If {email} has an account, a link is on its way. It works for one hour.',
      nothing: 'No mail? Look into the spam folder, or check the address.',
      back: 'Change the address',
    },
  },
  reset: {
    title: 'Choose a new password',
    intro: 'Afterwards you are logged out on all devices.',
    submit: 'Save the password',
    again: 'Send another link',
    done: {
      title: 'Your new password is saved',
      advice: 'Log in with it.',
    },
  },
  sessions: {
    title: 'Your log-ins',
    intro:
      'Every browser in which you are logged in. Log out where you do not know it, and choose another password.',
    device: '{browser} on {system}',
    unknown: 'Unknown browser',
    current: 'This browser',
    since: 'Logged in: {date}',
    lastUsed: 'Last used: {day}',
    end: 'Log out',
    endNamed: 'Log out: {device}',
    endOthers: 'Log out everywhere else',
  },
  account: {
    title: 'Your account',
    guest: {
      title: 'You are not logged in',
      advice: 'Log in to see your account.',
    },
    operator: 'Your account may lead this server.',
    since: 'Since {date}',
    saveName: 'Save the name',
    nameSaved: 'The name is saved.',
    passwordTitle: 'Password',
    passwordIntro: 'Another password logs you out on all other devices.',
    firstPasswordIntro: 'You log in through another service. With a password you can log in without it, too.',
    savePassword: 'Save the password',
    passwordSaved: 'The password is saved. All other devices are logged out.',
    logOutTitle: 'Log out',
    logOutIntro: 'Only on this device.',
    logOut: 'Log out',
    deleteTitle: 'Delete the account',
    deleteIntro: 'Your account, your rooms and their chats go for good.',
    delete: 'Delete the account…',
    erase: {
      title: 'Delete this account for good?',
      rooms: 'Your rooms end, with all their calls, chats and settings.',
      messages: 'What you wrote in rooms of others stays, without your name.',
      attendance: 'Your name goes from the lists of past calls.',
      undo: 'Nobody can bring it back.',
      submit: 'Delete for good',
      keep: 'Keep the account',
    },
    erased: {
      title: 'Your account is deleted',
      advice: 'This went with it:',
      rooms:
        '{count, plural, =0 {No room was deleted.} one {# room was deleted.} other {# rooms were deleted.}}',
      handedOver:
        '{count, plural, one {# room belongs to somebody else now.} other {# rooms belong to somebody else now.}}',
      attendance:
        '{count, plural, =0 {Your name was in no past call.} one {Your name went from # past call.} other {Your name went from # entries of past calls.}}',
      messages:
        '{count, plural, =0 {You had written no messages.} one {Your name went from # message.} other {Your name went from # messages.}}',
      bans: '{count, plural, one {# ban was lifted.} other {# bans were lifted.}}',
      acts: '{count, plural, one {Your name went from # note about what hosts did.} other {Your name went from # notes about what hosts did.}}',
    },
  },
} as const;
