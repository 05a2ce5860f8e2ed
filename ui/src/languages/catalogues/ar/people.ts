import type english from '../en/people.ts';
import type { Translation } from '../../translation.ts';

export default {
  name: {
    changed: 'تم تغيير اسمك',
    notChanged: 'لم يتغير اسمك. {reason}.',
    late: 'تعذر الوصول إلى الخادم. سيتغير اسمك فور عودته.',
    saving: 'جارٍ الحفظ…',
    missing: 'أدخل اسمك ليعرف الآخرون من أنت.',
    noLetter: 'يحتاج الاسم إلى حرف أو رقم. أضف واحدًا ليتمكن الآخرون من مناداتك.',
    tooLong: 'هذا الاسم طويل جدًا. استخدم اسمًا أقصر.',
    cannotBeShown: 'يحتوي هذا الاسم على أحرف لا يمكن عرضها. احذفه واكتبه من جديد.',
  },
} satisfies Translation<typeof english>;
