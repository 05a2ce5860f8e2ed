import type english from '../../en/pages/header.ts';
import type { Translation } from '../../../translation.ts';

export default {
  logIn: 'Iniciar sesión',
  rooms: 'Mis salas',
  menu: 'Tu cuenta, {name}',
  account: 'Cuenta',
  logOut: 'Cerrar sesión',
  notLoggedOut: 'Tu sesión sigue abierta',
} satisfies Translation<typeof english>;
