export default {
  logIn: 'Log in',
  rooms: 'My rooms',
  menu: 'Your account, {name}',
  account: 'Account',
  logOut: 'Log out',
  notLoggedOut: 'You are still logged in',
} as const;
