import type english from '../../en/pages/crash.ts';
import type { Translation } from '../../../translation.ts';

export default {
  title: 'Un problème est survenu',
  advice: 'Cette page ne fonctionne plus. La recharger suffit en général.',
  loadAgain: 'Recharger',
} satisfies Translation<typeof english>;
