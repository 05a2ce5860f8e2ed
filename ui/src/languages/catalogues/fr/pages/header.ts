import type english from '../../en/pages/header.ts';
import type { Translation } from '../../../translation.ts';

export default {
  logIn: 'Se connecter',
  rooms: 'Mes salles',
  menu: 'Votre compte, {name}',
  account: 'Compte',
  logOut: 'Se déconnecter',
  notLoggedOut: 'Vous êtes toujours connecté',
} satisfies Translation<typeof english>;
