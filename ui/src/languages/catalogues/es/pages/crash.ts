import type english from '../../en/pages/crash.ts';
import type { Translation } from '../../../translation.ts';

export default {
  title: 'Algo ha salido mal',
  advice: 'Esta página ha dejado de funcionar. Volver a cargarla suele ayudar.',
  loadAgain: 'Volver a cargar',
} satisfies Translation<typeof english>;
