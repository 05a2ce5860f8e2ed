import type english from '../../en/pages/header.ts';
import type { Translation } from '../../../translation.ts';

export default {
  logIn: 'Anmelden',
  rooms: 'Meine Räume',
  menu: 'Dein Konto, {name}',
  account: 'Konto',
  logOut: 'Abmelden',
  notLoggedOut: 'Du bist noch angemeldet',
} satisfies Translation<typeof english>;
