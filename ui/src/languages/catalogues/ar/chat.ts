import type english from '../en/chat.ts';
import type { Translation } from '../../translation.ts';

export default {
  list: 'الرسائل',
  newest: 'أحدث الرسائل',
  earlier: 'عرض الرسائل السابقة',
  empty: {
    title: 'لا رسائل بعد',
    advice: 'تصل الرسائل إلى كل من في المكالمة. للكتابة إلى شخص واحد فقط، اختره أدناه.',
  },
  cleared: {
    byYou: 'مسحتَ الدردشة',
    byName: 'مسح {name} الدردشة',
  },
  message: {
    onlyToYou: 'إليك فقط',
    onlyToName: 'إلى {name} فقط',
    onlyToOne: 'إلى شخص واحد فقط',
    private: '{sender}، {recipient}',
  },
  delivery: {
    sending: 'جارٍ الإرسال…',
    failed: 'لم تصل.',
  },
  composer: {
    message: 'رسالة',
    toEveryone: 'الكتابة إلى الجميع',
    privately: 'الكتابة بشكل خاص',
    send: 'إرسال',
    length: '{length, number, ::group-off} من {max, number, ::group-off}',
  },
  recipient: {
    label: 'إلى',
    everyone: 'الجميع',
    only: '{name} فقط',
    gone: 'غادر المكالمة',
  },
  clear: {
    button: 'مسح الدردشة',
    title: 'مسح الدردشة لدى الجميع؟',
    description: 'تُحذف كل الرسائل، ومنها الخاصة. وسيرى الآخرون أنك من فعل ذلك.',
    keep: 'الاحتفاظ بالرسائل',
    confirm: 'مسح الدردشة',
  },
} satisfies Translation<typeof english>;
