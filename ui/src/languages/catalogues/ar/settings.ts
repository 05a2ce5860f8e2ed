import type english from '../en/settings.ts';
import type { Translation } from '../../translation.ts';

export default {
  title: 'الإعدادات',
  groups: {
    you: 'أنت',
    devices: 'الأجهزة',
    pictures: 'الصور',
    view: 'العرض',
  },
  rename: {
    label: 'الاسم في هذه المكالمة',
    save: 'حفظ',
  },
  sounds: {
    label: 'صوت لما يفوتك',
    hint: 'عندما ينضم أحد أو يكتب أو يرفع يده وأنت في صفحة أخرى',
  },
  count: 'عدّه في عنوان الصفحة',
  voicesOnly: {
    label: 'الأصوات فقط',
    hint: 'بلا صور، والكاميرا متوقفة: لشبكة ضعيفة',
  },
  savePower: {
    label: 'توفير الطاقة والبيانات',
    hint: 'صور أقل وأصغر للآخرين',
  },
  afterMute: {
    label: 'عند كتم الميكروفون',
    free: {
      label: 'بعد الكتم: تحريره فورًا',
      explanation: 'ينطفئ ضوء الميكروفون فورًا. إلغاء الكتم يفتحه من جديد، ويستغرق ذلك لحظة.',
    },
    'free-soon': {
      label: 'بعد الكتم: تحريره بعد 3 ثوانٍ',
      explanation: 'التبديل السريع والضغط للتحدث فوريان، وينطفئ ضوء الميكروفون بعد قليل.',
    },
    'keep-open': {
      label: 'بعد الكتم: إبقاؤه مفتوحًا',
      explanation:
        'إلغاء الكتم فوري دائمًا، ولا يسأل المتصفح مجددًا، وتحتفظ سماعات الرأس بصوتها. يبقى ضوء الميكروفون مضاءً.',
    },
    nothingSent: 'لا يُرسل أي شيء ما دام الميكروفون مكتومًا، أيًا كان اختيارك.',
  },
  selfView: {
    label: 'صورتك',
    auto: 'صورتك: موضعها تلقائي',
    floating: 'صورتك: في زاوية',
    hidden: 'صورتك: مخفية',
  },
  shortcuts: {
    title: 'اختصارات لوحة المفاتيح',
    description: 'تعمل ما دمت لا تكتب.',
    actions: {
      microphone: 'كتم الميكروفون أو إلغاء كتمه',
      camera: 'تشغيل الكاميرا أو إيقافها',
      share: 'مشاركة الشاشة أو إيقافها',
      hand: 'رفع اليد أو خفضها',
      chat: 'فتح الدردشة أو إغلاقها',
      people: 'فتح قائمة المشاركين أو إغلاقها',
      statistics: 'فتح الإحصاءات أو إغلاقها',
      layout: 'عرض الشبكة أو المتحدث',
      'self-view': 'إظهار صورتك أو إخفاؤها',
      fullscreen: 'ملء الشاشة',
      'picture-in-picture': 'صورة داخل صورة',
      'voices-only': 'الأصوات فقط أو مع الصور',
      'copy-link': 'نسخ الرابط',
      'previous-page': 'الصفحة السابقة من المشاركين',
      'next-page': 'الصفحة التالية من المشاركين',
      settings: 'الإعدادات',
      help: 'هذه القائمة',
    },
    holdToTalk: 'ضغط مستمر للتحدث أثناء الكتم',
    keys: {
      pageup: 'PgUp',
      pagedown: 'PgDn',
      space: 'مفتاح المسافة',
    },
  },
} satisfies Translation<typeof english>;
