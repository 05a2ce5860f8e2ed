import type english from '../en/announcements.ts';
import type { Translation } from '../../translation.ts';

export default {
  joined: { one: 'انضم {people} إلى المكالمة', several: 'انضم {people} إلى المكالمة' },
  reconnecting: { one: 'يعيد {people} الاتصال', several: 'يعيد {people} الاتصال' },
  handRaised: { one: 'رفع {people} اليد', several: 'رفع {people} اليد' },
  screenShared: { one: 'يشارك {people} الشاشة', several: 'يشارك {people} الشاشة' },
  screenPaused: { one: 'أوقف {people} مشاركة الشاشة مؤقتًا', several: 'أوقف {people} مشاركة الشاشة مؤقتًا' },
  screenResumed: { one: 'استأنف {people} مشاركة الشاشة', several: 'استأنف {people} مشاركة الشاشة' },
  screenStopped: { one: 'أنهى {people} مشاركة الشاشة', several: 'أنهى {people} مشاركة الشاشة' },
  left: { one: 'غادر {people} المكالمة', several: 'غادر {people} المكالمة' },
  people: {
    two: '{first} و{second}',
    three: '{first} و{second} و{third}',
    more: '{count, plural, zero {{first} و{second}} one {{first} و{second} وشخص آخر} two {{first} و{second} وشخصان آخران} few {{first} و{second} و# أشخاص آخرين} many {{first} و{second} و# شخصًا آخر} other {{first} و{second} و# شخص آخر}}',
  },
  newMessages:
    '{count, plural, zero {لا رسائل جديدة} one {رسالة جديدة} two {رسالتان جديدتان} few {# رسائل جديدة} many {# رسالة جديدة} other {# رسالة جديدة}}',
  message: 'رسالة من {name}: {text}',
  privateMessage: 'رسالة خاصة من {name}: {text}',
} satisfies Translation<typeof english>;
