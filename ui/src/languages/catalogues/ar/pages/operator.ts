import type english from '../../en/pages/operator.ts';
import type { Translation } from '../../../translation.ts';

export default {
  title: 'الخادم',
  notForYou: {
    title: 'هذه الصفحة للمشغّلين',
    advice: 'سجّل الدخول بحساب يشغّل هذا الخادم. يمكن لمن أعدّه أن ينشئ حسابًا كهذا.',
    logIn: 'تسجيل الدخول',
  },
  live: {
    title: 'المكالمات الجارية الآن',
    empty: {
      title: 'لا توجد مكالمة جارية',
      text: 'حالما ينضم أحد إلى غرفة تظهر هنا.',
    },
    people:
      '{count, plural, zero {لا أحد} one {شخص واحد} two {شخصان} few {# أشخاص} many {# شخصًا} other {# شخص}}، منذ {time}',
    nodes: 'عُقد الوسائط: {nodes}',
    owner: {
      account: 'المالك: {name}',
      guest: 'المالك: ضيف',
      unknown: 'المالك: غير معروف',
    },
    end: 'إنهاء المكالمة…',
    endNamed: 'إنهاء المكالمة في {room}',
    question: 'إنهاء المكالمة في {room}؟',
    consequence: 'يُخرَج كل من فيها ويقرؤون أن أحد المشغّلين أنهاها. تبقى الغرفة، ويجد مالكها ذلك في السجل.',
    confirm: 'إنهاؤها للجميع',
    keep: 'تركها تستمر',
  },
  accounts: {
    title: 'الحسابات',
    search: 'الاسم أو البريد الإلكتروني',
    find: 'بحث',
    empty: {
      title: 'لم يُعثر على حساب',
      text: 'ابحث عن جزء آخر من الاسم أو العنوان.',
    },
    seen: 'آخر ظهور {time}',
    neverSeen: 'لم يسجّل الدخول منذ إنشائه',
    operator: 'مشغّل',
    blocked: 'محظور',
    block: 'حظر',
    blockNamed: 'حظر {name}',
    unblock: 'رفع الحظر',
    unblockNamed: 'رفع الحظر عن {name}',
    hint: 'يُسجَّل خروج الحساب المحظور فورًا من كل مكان، لكنه يبقى في مكالمته الحالية.',
  },
  addresses: {
    title: 'العناوين المحظورة',
    none: 'لا عنوان محظور.',
    address: 'عنوان IP',
    addressHint: 'مثل 203.0.113.5 أو 2001:db8::1. في IPv6 تُحظر شبكة ‎/64 كلها.',
    addressRefused: 'هذا ليس عنوان IP. يبدو مثل 203.0.113.5 أو 2001:db8::1.',
    days: 'لكم يومًا',
    daysRefused: 'استخدم عددًا صحيحًا من ١ إلى ٣٦٥.',
    note: 'ملاحظة للمشغّلين',
    block: 'حظر العنوان',
    until: 'حتى {time}',
    unblock: 'رفع الحظر',
    unblockNamed: 'رفع الحظر عن {address}',
  },
  invitations: {
    title: 'دعوة شخص',
    hint: 'ينشئ الرابط حسابًا واحدًا خلال سبعة أيام.',
    email: 'البريد الإلكتروني (يمكن تركه فارغًا)',
    emailHint: 'إن كُتب فلا يستخدم الرابط إلا هذا العنوان.',
    emailRefused: 'هذا ليس عنوان بريد إلكتروني.',
    create: 'إنشاء دعوة',
    made: 'الدعوة جاهزة. تنتهي {time}. تظهر الآن فقط، فانسخها.',
  },
} satisfies Translation<typeof english>;
