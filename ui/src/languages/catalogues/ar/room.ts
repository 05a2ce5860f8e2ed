import type english from '../en/room.ts';
import type { Translation } from '../../translation.ts';

export default {
  titles: {
    call: 'مكالمة',
    check: 'فحص الاتصال',
    notFound: 'غير موجودة',
    room: 'غرفة',
    rooms: 'غرفي',
    newRoom: 'غرفة جديدة',
    visits: 'غرف كنت فيها',
    calls: 'المكالمات السابقة',
    operator: 'الخادم',
  },
  brand: 'Parley، إلى الصفحة الرئيسية',
  toStart: 'إلى الصفحة الرئيسية',
  rejoin: 'عودة إلى المكالمة',
  checkConnection: 'فحص الاتصال',
  waitingForNetwork: 'ستتابع هذه الصفحة تلقائيًا عندما تسمح الشبكة بذلك.',
  waitingForServer: 'ستتابع هذه الصفحة تلقائيًا عندما يجيب الخادم.',
  devicesNotOpened: 'لم تُفتح الكاميرا ولا الميكروفون.',
  lack: {
    old: {
      title: 'هذا المتصفح قديم جدًا لإجراء المكالمات',
      advice: 'حدّثه، أو افتح هذه الصفحة في إصدار حديث من Chrome أو Edge أو Firefox أو Safari.',
    },
    webrtc: {
      title: 'لا يمكن لهذا المتصفح إجراء مكالمات بإعداداته الحالية',
      advice:
        'تقنية WebRTC التي تنقل الصوت والفيديو متوقفة. شغّلها في إعدادات هذا المتصفح أو إضافاته، أو أوقف نمط التأمين لهذه الصفحة، أو افتحها في متصفح آخر.',
    },
  },
  late: {
    title: 'لم تكتمل الصفحة بعد',
    advice: 'لم يصل جزء منها. تحقق من شبكتك ثم أعد تحميل الصفحة.',
  },
  malformed: {
    title: 'هذا ليس رابط مكالمة',
    advice: 'ربما ينقص جزء من الرابط. أدخل الرمز هنا (يشبه ⁨abcd-efgh-jkm⁩)، أو ابدأ مكالمة جديدة.',
  },
  failed: {
    prepare: 'فحص الكاميرا والميكروفون',
  },
  left: {
    title: 'لقد غادرت المكالمة',
    devicesOff: 'الكاميرا والميكروفون متوقفان.',
    afterTime: 'مدة وجودك في المكالمة: {duration}. الكاميرا والميكروفون متوقفان.',
  },
  notFound: {
    title: 'هذه الصفحة غير موجودة',
    advice: 'ربما في العنوان خطأ، أو أن الصفحة أُزيلت.',
  },
  offline: {
    title: 'لا يوجد اتصال',
    advice: 'تعذر الوصول إلى Parley. تحقق من شبكتك، ثم حاول مجددًا.',
  },
} satisfies Translation<typeof english>;
