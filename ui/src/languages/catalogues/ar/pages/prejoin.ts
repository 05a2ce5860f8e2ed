import type english from '../../en/pages/prejoin.ts';
import type { Translation } from '../../../translation.ts';

export default {
  yourPicture: 'صورتك',
  yourCamera: 'الكاميرا الخاصة بك',
  devices: 'الأجهزة',
  continueWithout:
    '{device, select, microphone {المتابعة بلا ميكروفون} camera {المتابعة بلا كاميرا} other {المتابعة بدونهما}}',
  microphoneLevel: 'مستوى الميكروفون',
  microphoneOff: 'الميكروفون متوقف',
  join: 'انضمام',
  ready: 'كل شيء جاهز؟',
  presence:
    '{count, plural, =0 {لا أحد هنا بعد} zero {لا أحد هنا بعد} one {في المكالمة شخص واحد} two {في المكالمة شخصان} few {في المكالمة # أشخاص} many {في المكالمة # شخصًا} other {في المكالمة # شخص}}',
  named: 'في المكالمة: {people}',
  others:
    '{count, plural, zero {لا أحد غيرهم} one {شخص آخر} two {شخصان آخران} few {# أشخاص آخرين} many {# شخصًا آخر} other {# شخص آخر}}',
  yourName: 'اسمك',
  nameExample: 'كما يراك الآخرون',
  withAccount: 'تنضم بحسابك، {email}.',
  asGuest: 'تنضم ضيفًا.',
  speakerTest: {
    name: 'اختبار مكبر الصوت',
    idle: 'اختبار',
    playing: 'جارٍ التشغيل…',
    failed: 'لا صوت',
  },
  looking: 'جارٍ البحث عن المكالمة',
} satisfies Translation<typeof english>;
