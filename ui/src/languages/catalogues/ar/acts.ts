import type english from '../en/acts.ts';
import type { Translation } from '../../translation.ts';

export default {
  muted: {
    title: 'كتم {name} صوتك',
    advice: 'ألغِ الكتم عندما تريد التحدث.',
  },
  mutedForNow: {
    title: 'كتم {name} صوتك',
    advice: 'لا يمكن إلغاء الكتم حاليًا إلا للمضيفين. ارفع يدك إذا أردت أن تقول شيئًا.',
  },
  mutedByRules: {
    title: 'صوتك مكتوم الآن',
    advice: 'لا يمكن التحدث حاليًا إلا للمضيفين. ارفع يدك إذا أردت أن تقول شيئًا.',
  },
  asked: {
    title: 'يطلب منك {name} إلغاء الكتم',
    advice: 'شغّل الميكروفون عندما تكون مستعدًا.',
  },
  unmute: 'إلغاء الكتم',
  stopped: {
    title: '{source, select, camera {أوقف {name} الكاميرا لديك} other {أنهى {name} مشاركة شاشتك}}',
    advice: 'اسأل قبل أن تبدأ من جديد.',
  },
  stoppedByRules: {
    title:
      '{source, select, microphone {الميكروفون لديك متوقف الآن} camera {الكاميرا لديك متوقفة الآن} other {لم تعد شاشتك مشتركة}}',
    advice: 'دورك أو إعدادات الغرفة لا تسمح بذلك حاليًا.',
  },
  handLowered: {
    title: 'أنزل {name} يدك',
    advice: 'ارفعها مجددًا إذا كنت لا تزال تريد أن تقول شيئًا.',
  },
  roleChanged: {
    title:
      '{role, select, host {جعلك {name} مضيفًا} viewer {يسمح لك {name} بالمشاهدة فقط} other {جعلك {name} مشاركًا}}',
    advice:
      '{role, select, host {يمكنك الآن إدخال الأشخاص وكتم صوتهم وإزالتهم.} viewer {يمكنك الاستماع والمشاهدة والكتابة.} other {يمكنك التحدث وعرض الكاميرا.}}',
  },
  hostByRules: {
    title: 'أنت المضيف الآن',
    advice: 'غادر آخر مضيف. يمكنك إدخال الأشخاص وكتم صوتهم وإزالتهم.',
  },
  removed: {
    title: 'أزالك {name} من المكالمة',
    advice: 'اسأل من يدير المكالمة قبل أن تعود.',
  },
  banned: {
    title: 'أزالك {name} من المكالمة نهائيًا',
    advice: 'لا يمكنك العودة إلى هذه الغرفة.',
  },
  ended: {
    title: 'أنهى {name} المكالمة للجميع',
    advice: 'ابدأ مكالمة جديدة عندما تحتاج إليها.',
  },
} satisfies Translation<typeof english>;
