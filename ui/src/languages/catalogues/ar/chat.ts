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
  actions: {
    label: 'خيارات الرسالة',
    reply: 'رد',
    copy: 'نسخ النص',
    edit: 'تعديل',
    delete: 'حذف',
  },
  deleted: {
    bySender: 'حُذفت الرسالة',
    byHost: 'حذفها مضيف',
    notShown: 'الرسالة غير متاحة',
  },
  edited: 'معدّلة',
  reply: {
    cancel: 'عدم الرد',
  },
  editor: {
    label: 'تعديل الرسالة',
    save: 'حفظ',
    cancel: 'إلغاء',
  },
  reactions: {
    add: 'التفاعل برمز تعبيري',
    count:
      '{emoji}: {count, plural, zero {لا أحد} one {شخص واحد} two {شخصان} few {# أشخاص} many {# شخصًا} other {# شخص}}',
  },
  typing: {
    one: '{name} يكتب…',
    two: '{first} و{second} يكتبان…',
    several: 'عدة أشخاص يكتبون…',
  },
  emoji: {
    button: 'رموز تعبيرية',
    search: 'البحث بالإنجليزية عن رمز تعبيري',
    none: 'لم يُعثر على رمز',
  },
  file: {
    send: 'إرسال ملف',
    save: 'حفظ {name}',
    picture: 'صورة: {name}',
    sending: 'جارٍ إرسال {name}',
    stop: 'عدم إرسال {name}',
    again: 'إرسال {name} مجددًا',
    tooLarge: 'أكبر من 20 ميغابايت',
    tooMany: 'عشرون ملفًا في المرة الواحدة. حاول مرة أخرى',
    empty: 'هذا الملف فارغ',
    full: 'لا تتسع هذه المكالمة لملفات أخرى',
    failed: 'لم يُرسل',
    gone: 'تعذّر تحميل هذا الملف. حاول لاحقًا.',
  },
  export: {
    button: 'حفظ الدردشة',
    text: 'حفظ كنص',
    json: 'حفظ بصيغة JSON',
  },
} satisfies Translation<typeof english>;
