import type english from '../en/call.ts';
import type { Translation } from '../../translation.ts';

export default {
  toasts: {
    linkCopied: 'تم نسخ الرابط',
    linkNotCopied: 'لم يُنسخ الرابط. انسخه من شريط العنوان.',
    noVideo: 'لا يوجد فيديو لعرضه في نافذة الآن',
    noPictureInPicture: 'لم يفتح هذا المتصفح صورة داخل صورة',
  },
} satisfies Translation<typeof english>;
