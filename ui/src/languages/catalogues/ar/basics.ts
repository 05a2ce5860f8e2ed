import type english from '../en/basics.ts';
import type { Translation } from '../../translation.ts';

export default {
  language: 'اللغة',
  you: 'أنت',
  close: 'إغلاق',
  tryAgain: 'إعادة المحاولة',
  loading: 'جارٍ التحميل…',
  reference: 'المرجع',
  copyLink: {
    idle: 'نسخ الرابط',
    copied: 'تم نسخ الرابط',
    failed: 'لم يُنسخ',
  },
  today: 'اليوم',
  yesterday: 'أمس',
  lessThanMinute: 'أقل من دقيقة',
  measures: {
    kilobits: '{rate} كيلوبت/ث',
    megabits: '{rate} ميغابت/ث',
    percent: '{share}٪',
    milliseconds: '{time} م.ث',
    resolution: '⁨{size}⁩ عند {rate}',
  },
} satisfies Translation<typeof english>;
