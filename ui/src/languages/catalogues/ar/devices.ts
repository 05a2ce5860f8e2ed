import type english from '../en/devices.ts';
import type { Translation } from '../../translation.ts';

export default {
  microphone: 'الميكروفون',
  camera: 'الكاميرا',
  speaker: 'مكبر الصوت',
  noMicrophone: 'لا يوجد ميكروفون',
  noCamera: 'لا توجد كاميرا',
  defaultSpeaker: 'مكبر الصوت الافتراضي',
  switchCamera: 'تبديل الكاميرا',
  microphoneSwitch: {
    off: 'إلغاء كتم الميكروفون',
    starting: 'الميكروفون قيد التشغيل. إيقافه',
    on: 'كتم الميكروفون',
  },
  cameraSwitch: {
    off: 'تشغيل الكاميرا',
    starting: 'الكاميرا قيد التشغيل. إيقافها',
    on: 'إيقاف الكاميرا',
  },
  cameraState: {
    on: 'الكاميرا تعمل',
    off: 'الكاميرا متوقفة',
    noPicture: 'لا توجد صورة',
    starting: 'جارٍ تشغيل الكاميرا…',
  },
  asking: {
    title: 'أجب عن سؤال متصفحك',
    advice:
      '{device, select, microphone {يسأل إن كان لهذه الصفحة أن تستخدم الميكروفون.} camera {يسأل إن كان لهذه الصفحة أن تستخدم الكاميرا.} other {يسأل إن كان لهذه الصفحة أن تستخدم الميكروفون والكاميرا.}}',
  },
  silenced: {
    title:
      '{device, select, microphone {كتم نظامك الميكروفون} camera {أوقف نظامك الكاميرا} other {أوقف نظامك الميكروفون والكاميرا}}',
    advice:
      '{device, select, microphone {لا يمكن للآخرين سماعك. ابحث عن مفتاح في سماعتك أو في إعدادات جهازك.} camera {لا يمكن للآخرين رؤيتك. ابحث عن غطاء أو مفتاح في الكاميرا أو في إعدادات جهازك.} other {لا يمكن للآخرين سماعك ولا رؤيتك. ابحث عن مفتاح، أو في إعدادات جهازك.}}',
  },
  soundless: {
    title: 'الميكروفون لا يعطي أي صوت',
    advice: 'لا يسمعك الآخرون. ابحث عن زر كتم الصوت في سماعتك أو كابلها، أو اختر ميكروفونًا آخر.',
  },
  setback: {
    title: '{device, select, camera {لم تعمل الكاميرا الأخرى} other {لم يعمل الميكروفون الآخر}}',
    advice:
      '{device, select, camera {{reason}. عُدنا إلى الكاميرا السابقة.} other {{reason}. عُدنا إلى الميكروفون السابق.}}',
    busy: 'ربما يستخدمه برنامج آخر',
  },
  errors: {
    device_permission_denied: {
      title:
        '{device, select, microphone {لا يُسمح للمتصفح باستخدام الميكروفون} camera {لا يُسمح للمتصفح باستخدام الكاميرا} other {لا يُسمح للمتصفح باستخدام الميكروفون والكاميرا}}',
      advice:
        '{device, select, microphone {اسمح به من الأيقونة بجانب العنوان، ثم حاول مجددًا.} camera {اسمح بها من الأيقونة بجانب العنوان، ثم حاول مجددًا.} other {اسمح بهما من الأيقونة بجانب العنوان، ثم حاول مجددًا.}}',
    },
    device_not_found: {
      title:
        '{device, select, microphone {لم يُعثر على ميكروفون} camera {لم يُعثر على كاميرا} other {لم يُعثر على ميكروفون ولا كاميرا}}',
      advice:
        '{device, select, microphone {وصّل واحدًا وحاول مجددًا.} camera {وصّل واحدة وحاول مجددًا.} other {وصّلهما وحاول مجددًا.}}',
    },
    device_busy: {
      title:
        '{device, select, microphone {يستخدم برنامج آخر الميكروفون} camera {يستخدم برنامج آخر الكاميرا} other {يستخدم برنامج آخر الميكروفون والكاميرا}}',
      advice:
        '{device, select, microphone {أغلق البرنامج الآخر، ثم حاول مجددًا.} camera {أغلق البرنامج الآخر، ثم حاول مجددًا.} other {أغلق البرنامج الآخر، ثم حاول مجددًا.}}',
    },
    device_failed: {
      title:
        '{device, select, microphone {لم يعمل الميكروفون} camera {لم تعمل الكاميرا} other {لم يعمل الميكروفون والكاميرا}}',
      advice:
        '{device, select, microphone {افصله ثم أعد توصيله، أو اختر غيره.} camera {افصلها ثم أعد توصيلها، أو اختر غيرها.} other {افصلهما ثم أعد توصيلهما، أو اختر غيرهما.}}',
    },
    device_stopped: {
      title:
        '{device, select, microphone {توقف الميكروفون عدة مرات} camera {توقفت الكاميرا عدة مرات} other {توقف الميكروفون والكاميرا عدة مرات}}',
      advice:
        '{device, select, microphone {ربما يستولي عليه برنامج آخر. أغلق ذلك البرنامج وحاول مجددًا، أو اختر غيره.} camera {ربما يستولي عليها برنامج آخر. أغلق ذلك البرنامج وحاول مجددًا، أو اختر غيرها.} other {ربما يستولي عليهما برنامج آخر. أغلق ذلك البرنامج وحاول مجددًا، أو اختر غيرهما.}}',
    },
    device_unplugged: {
      title:
        '{device, select, microphone {فُصل الميكروفون} camera {فُصلت الكاميرا} other {فُصل الميكروفون والكاميرا}}',
      advice:
        '{device, select, microphone {أعد توصيله أو اختر غيره، ثم شغّله.} camera {أعد توصيلها أو اختر غيرها، ثم شغّلها.} other {أعد توصيلهما أو اختر غيرهما، ثم شغّلهما.}}',
    },
    over_limit: {
      title:
        '{device, select, microphone {أُوقف الميكروفون لأنه أرسل أكثر من المسموح} camera {أُوقفت الكاميرا لأنها أرسلت أكثر من المسموح} other {أُوقف الميكروفون والكاميرا لأنهما أرسلا أكثر من المسموح}}',
      advice:
        '{device, select, microphone {انتظر لحظة، ثم شغّله مجددًا.} camera {انتظر لحظة، ثم شغّلها مجددًا.} other {انتظر لحظة، ثم شغّلهما مجددًا.}}',
    },
  },
} satisfies Translation<typeof english>;
