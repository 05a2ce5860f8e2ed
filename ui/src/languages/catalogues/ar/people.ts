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
  sections: {
    raisedHands: 'الأيدي المرفوعة ({count, number})',
    everyoneElse: 'الباقون ({count, number})',
    inCall: 'في المكالمة ({count, number})',
    viewers: 'المشاهدون ({count, number})',
  },
  crowd: {
    title: 'في المكالمة ({count, number})، منهم {viewers, number} يشاهدون',
    search: 'البحث عن اسم',
    more: 'عرض المزيد من الأشخاص',
    nobody: 'لا أحد هنا بهذا الاسم.',
  },
  row: {
    you: '(أنت)',
    reconnecting: 'جارٍ إعادة الاتصال…',
    handRaised: 'اليد مرفوعة',
    sharing: 'يشارك الشاشة',
    sharePaused: 'مشاركة الشاشة متوقفة مؤقتًا',
    microphoneOn: 'الميكروفون يعمل',
    muted: 'مكتوم',
    cameraOn: 'الكاميرا تعمل',
    cameraOff: 'الكاميرا متوقفة',
  },
  menu: {
    label: 'خيارات {name}',
    pin: 'تثبيت',
    unpin: 'إلغاء التثبيت',
    writePrivately: 'الكتابة بشكل خاص',
  },
  summary: {
    self: '{name} (أنت)',
    and: '{states}، {state}',
    host: 'مضيف',
    viewer: 'مشاهد',
    speaking: 'يتحدث',
    muted: 'مكتوم',
    cameraOff: 'الكاميرا متوقفة',
    sharing: 'يشارك الشاشة',
    sharePaused: 'مشاركة الشاشة متوقفة مؤقتًا',
    handRaised: 'اليد مرفوعة',
    reconnecting: 'جارٍ إعادة الاتصال',
    poorConnection: 'الاتصال ضعيف',
  },
} satisfies Translation<typeof english>;
