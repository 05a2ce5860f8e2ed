import type english from '../../en/pages/room-settings.ts';
import type { Translation } from '../../../translation.ts';

export default {
  door: 'من يُسمح له بالدخول',
  call: 'أثناء المكالمة',
  locked: {
    label: 'قفل الغرفة',
    hint: 'لا يدخل أحد جديد سواك أنت والمضيفين.',
  },
  waitingRoom: {
    label: 'غرفة انتظار',
    hint: 'يُدخل أحد المضيفين كل من يأتي.',
  },
  guestsAllowed: {
    label: 'يمكن لمن لا يملكون حسابًا الدخول',
    hint: 'عند إيقافه لا ينضم إلا من سجّلوا الدخول.',
  },
  passcode: {
    label: 'رمز الدخول',
    none: '٤ أحرف على الأقل. على كل من يأتي أن يكتبه.',
    isSet: 'يوجد رمز. لا يمكن لأحد قراءته مجددًا؛ اكتب رمزًا آخر لاستبداله.',
    tooShort: 'هذا قصير جدًا. استخدم ٤ أحرف أو أكثر.',
    refused: 'لا يمكن استخدام هذا الرمز. استخدم من ٤ إلى ٦٤ حرفًا أو رقمًا أو علامة.',
    remove: 'إزالة الرمز',
  },
  capacity: {
    label: 'الأماكن',
    hint: 'كم شخصًا يمكن أن يكون هنا في وقت واحد. فارغ: بقدر ما يتسع له الخادم.',
    refused: 'استخدم عددًا صحيحًا من ١ إلى {max, number}.',
  },
  opensAt: 'تُفتح',
  closesAt: 'تُغلق',
  times: {
    hint: 'بتوقيتك المحلي ({zone}). فارغ: دائمًا.',
    order: 'تُغلق الغرفة قبل أن تُفتح. غيّر أحد الوقتين.',
    clear: 'مسح: {what}',
  },
  mutedOnEntry: {
    label: 'يدخل الجميع مكتومي الصوت',
    hint: 'يمكنهم تشغيل الميكروفون بأنفسهم إن سُمح لهم.',
  },
  whoMayUnmute: 'من يمكنه التحدث',
  whoMayStartVideo: 'من يمكنه تشغيل الكاميرا',
  whoMayShareScreen: 'من يمكنه مشاركة الشاشة',
  whoMayChat: 'من يمكنه الكتابة في الدردشة',
  whoMay: {
    everybody: 'الجميع',
    hosts: 'المضيفون فقط',
  },
  history: {
    label: 'ما يقرأه من الدردشة من يأتي لاحقًا',
    call: 'كل ما في هذه المكالمة',
    everything: 'كل شيء، ومن المكالمات السابقة أيضًا',
    nothing: 'لا شيء مما قبل دخولهم',
  },
  saving: 'جارٍ الحفظ…',
  saved: 'حُفظ',
  atOnce: 'تسري التغييرات فورًا، حتى على مكالمة جارية.',
} satisfies Translation<typeof english>;
