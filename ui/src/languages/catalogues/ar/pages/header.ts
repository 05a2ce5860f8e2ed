import type english from '../../en/pages/header.ts';
import type { Translation } from '../../../translation.ts';

export default {
  logIn: 'تسجيل الدخول',
  rooms: 'غرفي',
  menu: 'حسابك، {name}',
  account: 'الحساب',
  logOut: 'تسجيل الخروج',
  notLoggedOut: 'ما زلت مسجّل الدخول',
} satisfies Translation<typeof english>;
