import type english from '../../en/pages/crash.ts';
import type { Translation } from '../../../translation.ts';

export default {
  title: 'Etwas ist schiefgegangen',
  advice: 'Diese Seite funktioniert nicht mehr. Meist hilft es, sie neu zu laden.',
  loadAgain: 'Neu laden',
} satisfies Translation<typeof english>;
