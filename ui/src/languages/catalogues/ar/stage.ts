import type english from '../en/stage.ts';
import type { Translation } from '../../translation.ts';

export default {
  reconnecting: 'جارٍ إعادة الاتصال…',
  alone: {
    title: 'لا أحد هنا غيرك.',
    advice: 'أرسل الرابط لدعوة الآخرين.',
  },
  moveSelf: 'تحريك صورتك بمفاتيح الأسهم',
  pager: {
    name: 'الصفحات',
    previous: 'الصفحة السابقة',
    next: 'الصفحة التالية',
    place: '{page, number} من {pages, number}',
  },
  strip: {
    name: 'المزيد من الصور',
    previous: 'الصور السابقة',
    next: 'الصور التالية',
  },
  quality: {
    lost: 'انقطع الاتصال',
    veryPoor: 'الاتصال ضعيف جدًا',
    poor: 'الاتصال ضعيف',
    good: 'الاتصال جيد',
    veryGood: 'الاتصال جيد جدًا',
  },
  cameraOf: '{name}، الكاميرا',
  screen: {
    own: 'شاشتك',
    of: 'شاشة {name}',
    paused: 'مشاركة الشاشة متوقفة مؤقتًا',
    waiting: 'في انتظار الشاشة…',
  },
  menu: {
    ofSelf: 'خيارات صورتك',
    of: 'خيارات {name}',
    pin: 'تثبيت',
    unpin: 'إلغاء التثبيت',
    fill: 'ملء المربع',
    whole: 'عرض الصورة كاملة',
    automatic: 'وضع صورتك تلقائيًا',
    float: 'عرض صورتك في زاوية',
    hide: 'إخفاء صورتك',
    writePrivately: 'الكتابة بشكل خاص',
  },
} satisfies Translation<typeof english>;
