import type english from '../en/notices.ts';
import type { Translation } from '../../translation.ts';

export default {
  list: 'الإشعارات',
  dismiss: 'إخفاء',
  turnOnSound: 'تشغيل الصوت',
  showPictures: 'إظهار الصور',
  voicesOnly: 'الأصوات فقط',
  check: 'فحص',
  failed: {
    title: 'لم ينجح ذلك',
    advice: 'حاول مجددًا.',
  },
  replaced:
    '{device, select, microphone {يُستخدم غيره الآن. اكتمه إن كنت لا تريد ذلك.} camera {تُستخدم غيرها الآن. أوقفها إن كنت لا تريد ذلك.} other {يُستخدم غيرهما الآن. أوقفهما إن كنت لا تريد ذلك.}}',
  'speaker-unplugged': {
    title: 'فُصل مكبر الصوت',
    advice: 'يخرج الصوت الآن من مكبر الصوت الافتراضي.',
  },
  'screen-sound-left-out': {
    title: 'تُشارَك شاشتك بلا صوتها',
    advice: 'شارك علامة تبويب لمشاركة صوتها.',
  },
  'screen-share-ended': {
    title: 'لم تعد شاشتك مشارَكة',
    advice: 'أُوقفت المشاركة في المتصفح أو من نظامك، أو أُغلقت النافذة.',
  },
  'network-poor': {
    title: 'اتصالك ضعيف',
    advice: 'قد تسمع الآخرين أفضل من دون صور.',
  },
  'computer-busy': {
    title: 'حاسوبك مشغول جدًا',
    advice: 'إلى أن يواكب من جديد، قد ترى صورًا أقل أو تُرسل صورتك أصغر.',
  },
  reconnected: {
    title: 'عاد اتصالك',
  },
  'media-restored': {
    title: 'عاد الصوت والفيديو',
  },
  'no-media': {
    title: 'لا يصل الصوت ولا الصور',
    advice: 'يحجبها جدار حماية أو VPN أو إعداد في هذه الشبكة. جرّب شبكة أخرى، أو افحص الاتصال.',
  },
  'autoplay-blocked': {
    title: 'حظر المتصفح الصوت',
    advice: 'شغّله لسماع الآخرين.',
  },
  'pictures-limited': {
    title: 'الصور محدودة الآن',
    advice: 'كثيرون في مكالمات الآن. ما زلت تسمع الجميع، وتصل صور أخرى عندما يتوفر مكان.',
  },
  'pictures-blocked': {
    title: 'أوقف المتصفح الصور',
    advice: 'ربما يوفّر البطارية. أظهرها مجددًا لرؤية الآخرين.',
  },
} satisfies Translation<typeof english>;
