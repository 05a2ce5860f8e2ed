import type english from '../../en/pages/crash.ts';
import type { Translation } from '../../../translation.ts';

export default {
  title: 'حدث خطأ ما',
  advice: 'توقفت هذه الصفحة عن العمل. إعادة تحميلها تحل المشكلة عادةً.',
  loadAgain: 'إعادة التحميل',
} satisfies Translation<typeof english>;
