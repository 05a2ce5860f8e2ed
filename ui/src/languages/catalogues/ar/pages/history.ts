import type english from '../../en/pages/history.ts';
import type { Translation } from '../../../translation.ts';

export default {
  title: 'المكالمات السابقة',
  empty: {
    title: 'لا توجد مكالمات بعد',
    text: 'حين تنتهي المكالمة تظهر هنا: من كان فيها، وكم من الوقت، وما قيل للجميع.',
  },
  running: 'جارية الآن، منذ {time}',
  entries:
    '{count, plural, zero {لا دخول} one {دخول واحد} two {دخولان} few {# مرات دخول} many {# مرة دخول} other {# مرة دخول}}',
  callTitle: 'مكالمة {time}',
  back: 'كل مكالمات هذه الغرفة',
  toRoom: 'إلى الغرفة',
  cut: 'هذه المكالمة أطول مما يُعرض ويُصدَّر هنا.',
  people: {
    title: 'من كان هنا',
    name: 'الاسم',
    joined: 'دخل',
    left: 'غادر',
    stayed: 'المدة',
    there: 'هنا الآن',
    deleted: 'شخص حُذف حسابه',
    guest: 'ضيف',
  },
  chat: {
    title: 'ما قيل للجميع',
    none: 'لم يُكتب شيء للجميع، أو حُذف.',
  },
  acts: {
    title: 'ما فعله المضيفون',
    none: 'لم يفعل المضيفون شيئًا تجاه غيرهم في هذه المكالمة.',
    rules: 'قواعد الغرفة',
    anOperator: 'أحد مشغّلي الخادم',
    muted: 'كتم {by} صوت {to}',
    'asked-to-unmute': 'طلب {by} من {to} تشغيل الميكروفون',
    stopped:
      'أوقف {by} ما كان {to} يرسله: {detail, select, camera {الكاميرا} microphone {الميكروفون} other {الشاشة}}',
    'hand-lowered': 'أنزل {by} يد {to}',
    'role-changed': 'غيّر {by} دور {to}: {detail, select, host {مضيف} viewer {مشاهد} other {مشارك}}',
    removed: 'أخرج {by} {to}',
    banned: 'حظر {by} {to}',
    unbanned: 'رفع {by} الحظر عن {to}',
    admitted: 'أدخل {by} {to}',
    denied: 'لم يُدخل {by} {to}',
    'all-muted': 'كتم {by} صوت الجميع',
    'hands-lowered': 'أنزل {by} كل الأيدي',
    locked: 'قفل {by} الغرفة',
    unlocked: 'فتح {by} قفل الغرفة',
    'settings-changed': 'غيّر {by} الإعدادات',
    'chat-cleared': 'مسح {by} الدردشة',
    'call-ended': 'أنهى {by} المكالمة للجميع',
  },
  export: {
    title: 'حفظ هذه المكالمة',
    json: 'كل شيء (JSON)',
    attendance: 'من كان هنا (CSV)',
    chat: 'الدردشة (CSV)',
    acts: 'ما فعله المضيفون (CSV)',
  },
} satisfies Translation<typeof english>;
