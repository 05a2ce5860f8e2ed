import type english from '../en/statistics.ts';
import type { Translation } from '../../translation.ts';

export default {
  measuring: 'جارٍ القياس…',
  values: 'القيم المقيسة',
  empty: {
    title: 'لا شيء يُرسل أو يُستقبل',
    advice: 'لا تُرسل أو تُستقبل أي كاميرا أو ميكروفون أو شاشة.',
  },
  sent: 'المُرسَل',
  received: 'المُستقبَل',
  gone: 'شخص غادر',
  callReference: 'مرجع هذه المكالمة',
  roundTrip: 'الذهاب والإياب',
  canSend: 'سعة الإرسال',
  path: {
    name: 'المسار',
    direct: 'مباشر',
    router: 'عبر موجّه',
    relay: 'عبر مرحّل',
    protocolAndWay: '{protocol}، {way}',
  },
  sources: {
    microphone: 'الميكروفون',
    camera: 'الكاميرا',
    screen: 'الشاشة',
    'screen-audio': 'صوت الشاشة',
  },
  sourceAndCodec: '{source}، {codec}',
  bitrate: 'معدل البت',
  loss: 'الفقد',
  jitter: 'التذبذب',
  picture: 'الصورة',
  layers: {
    name: 'الطبقات',
    running: '{running, number} من {total, number}',
  },
} satisfies Translation<typeof english>;
