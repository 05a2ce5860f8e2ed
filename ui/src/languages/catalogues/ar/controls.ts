import type english from '../en/controls.ts';
import type { Translation } from '../../translation.ts';

export default {
  bar: 'أدوات التحكم في المكالمة',
  time: 'الوقت في المكالمة',
  chat: 'الدردشة',
  unread:
    '{count, plural, zero {لا رسائل غير مقروءة} one {رسالة غير مقروءة} two {رسالتان غير مقروءتين} few {# رسائل غير مقروءة} many {# رسالة غير مقروءة} other {# رسالة غير مقروءة}}',
  people: 'المشاركون',
  inCall:
    '{count, plural, zero {لا أحد في المكالمة} one {مشارك واحد في المكالمة} two {مشاركان في المكالمة} few {# مشاركين في المكالمة} many {# مشاركًا في المكالمة} other {# مشارك في المكالمة}}',
  leave: 'مغادرة',
  deviceMenu: {
    video: 'أجهزة الفيديو',
    sound: 'أجهزة الصوت',
    none: 'لم يُعثر على أي جهاز',
    settings: 'الإعدادات…',
  },
  hand: {
    raise: 'رفع اليد',
    lower: 'خفض اليد',
  },
  share: {
    start: 'مشاركة الشاشة',
    stop: 'إيقاف المشاركة',
  },
  more: {
    button: 'خيارات أخرى',
    title: 'المزيد',
    speakerView: 'عرض المتحدث',
    gridView: 'عرض الشبكة',
    showSelf: 'إظهار صورتك',
    hideSelf: 'إخفاء صورتك',
    fullscreen: 'ملء الشاشة',
    exitFullscreen: 'إنهاء ملء الشاشة',
    pictureInPicture: 'صورة داخل صورة',
    closePictureInPicture: 'إغلاق صورة داخل صورة',
    voicesOnly: 'الأصوات فقط',
    showPictures: 'إظهار الصور مجددًا',
    copyLink: 'نسخ الرابط',
    statistics: 'الإحصاءات',
    shortcuts: 'اختصارات لوحة المفاتيح',
    settings: 'الإعدادات',
  },
  presenter: {
    label: 'مشاركة شاشتك',
    picture: 'شاشتك المشتركة',
    pause: 'إيقاف مؤقت',
    resume: 'استئناف',
    stop: 'إيقاف',
    bestFor: 'المحتوى الأنسب',
    text: { label: 'نص', tip: 'أحرف واضحة وإطارات أقل' },
    motion: { label: 'فيديو', tip: 'حركة سلسة وأحرف أقل وضوحًا' },
  },
  reactions: {
    title: 'التفاعلات',
    'thumbs-up': 'إعجاب',
    clap: 'تصفيق',
    heart: 'قلب',
    laugh: 'ضحك',
    surprise: 'دهشة',
    celebrate: 'احتفال',
  },
} satisfies Translation<typeof english>;
