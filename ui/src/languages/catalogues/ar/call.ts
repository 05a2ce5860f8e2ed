import type english from '../en/call.ts';
import type { Translation } from '../../translation.ts';

export default {
  toasts: {
    linkCopied: 'تم نسخ الرابط',
    linkNotCopied: 'لم يُنسخ الرابط. انسخه من شريط العنوان.',
    noVideo: 'لا يوجد فيديو لعرضه في نافذة الآن',
    noPictureInPicture: 'لم يفتح هذا المتصفح صورة داخل صورة',
  },
  heading: 'مكالمة {code}',
  joining: 'جارٍ الانضمام…',
  reconnecting: 'جارٍ إعادة الاتصال…',
  leaveQuestion: {
    title: 'مغادرة المكالمة؟',
    description: 'يمكنك العودة بالرابط نفسه.',
    leave: 'مغادرة',
    stay: 'البقاء',
  },
  voicesOnly: {
    title: 'الأصوات فقط',
    showPictures: 'إظهار الصور',
  },
  panel: {
    close: 'إغلاق اللوحة',
    chat: 'الدردشة',
    people: 'المشاركون',
    statistics: 'الإحصاءات',
  },
} satisfies Translation<typeof english>;
