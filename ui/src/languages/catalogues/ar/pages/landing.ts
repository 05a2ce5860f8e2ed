import type english from '../../en/pages/landing.ts';
import type { Translation } from '../../../translation.ts';

export default {
  description: 'مكالمات فيديو هادئة على خادمك الخاص.',
  title: 'مكالمات فيديو على خادمك الخاص.',
  pitch: 'بلا حساب وبلا تثبيت. ابدأ مكالمة، وأرسل الرابط، وتحدث. كل شيء يبقى على هذا الخادم.',
  startOrJoin: 'بدء مكالمة أو الانضمام',
  orJoin: 'أو انضم إلى مكالمة',
  newCall: 'مكالمة جديدة',
  accountsStart: 'على هذا الخادم يبدأ المكالماتِ من لديهم حساب. يمكنك الانضمام إلى مكالمة ضيفًا.',
  accountsOnly: 'المكالمات على هذا الخادم لمن لديهم حساب.',
  join: {
    codeOrLink: 'الرمز أو الرابط',
    hint: 'يمكنك أيضًا لصق رابط مكالمة.',
    empty: 'اكتب رمزًا أو الصق رابطًا أولًا.',
    noCode: 'لا يوجد هنا رمز مكالمة مثل ⁨{example}⁩.',
    submit: 'انضمام إلى المكالمة',
  },
} satisfies Translation<typeof english>;
