/** `registered` goes to somebody who has an account and wants another one with the same address. */
export type MailKind = 'confirmation' | 'registered' | 'invitation' | 'reset';

type Language = keyof typeof MAIL_TEXTS;

/** `{link}` stands for the address of the page. */
export const MAIL_TEXTS = {
  en: {
    confirmation: {
      subject: 'Confirm your address',
      text: 'Somebody, probably you, wants an account for video calls with this address.\n\nOpen this link to make it, within one day:\n{link}\n\nIf it was not you, do nothing.\n',
    },
    registered: {
      subject: 'You already have an account',
      text: 'Somebody, probably you, wanted a new account for video calls with this address. It has one already.\n\nLog in here, or choose a new password there:\n{link}\n',
    },
    invitation: {
      subject: 'You are invited',
      text: 'You can have an account for video calls.\n\nOpen this link to make it, within seven days:\n{link}\n',
    },
    reset: {
      subject: 'Choose a new password',
      text: 'Somebody, probably you, has forgotten the password of this account.\n\nOpen this link to choose a new one, within one hour:\n{link}\n\nIf it was not you, do nothing. Your password stays as it is.\n',
    },
  },
  de: {
    confirmation: {
      subject: 'Bestätige deine Adresse',
      text: 'Jemand, wahrscheinlich du, möchte mit dieser Adresse ein Konto für Videoanrufe.\n\nÖffne diesen Link innerhalb eines Tages, um es anzulegen:\n{link}\n\nWenn du das nicht warst, musst du nichts tun.\n',
    },
    registered: {
      subject: 'Du hast schon ein Konto',
      text: 'Jemand, wahrscheinlich du, wollte mit dieser Adresse ein neues Konto für Videoanrufe. Sie hat schon eines.\n\nMelde dich hier an, oder wähle dort ein neues Passwort:\n{link}\n',
    },
    invitation: {
      subject: 'Du bist eingeladen',
      text: 'Du kannst ein Konto für Videoanrufe bekommen.\n\nÖffne diesen Link innerhalb von sieben Tagen, um es anzulegen:\n{link}\n',
    },
    reset: {
      subject: 'Wähle ein neues Passwort',
      text: 'Jemand, wahrscheinlich du, hat das Passwort dieses Kontos vergessen.\n\nÖffne diesen Link innerhalb einer Stunde, um ein neues zu wählen:\n{link}\n\nWenn du das nicht warst, musst du nichts tun. Dein Passwort bleibt, wie es ist.\n',
    },
  },
  fr: {
    confirmation: {
      subject: 'Confirmez votre adresse',
      text: 'Quelqu’un, sans doute vous, souhaite un compte pour des appels vidéo avec cette adresse.\n\nOuvrez ce lien dans la journée pour le créer :\n{link}\n\nSi ce n’était pas vous, ne faites rien.\n',
    },
    registered: {
      subject: 'Vous avez déjà un compte',
      text: 'Quelqu’un, sans doute vous, souhaitait un nouveau compte pour des appels vidéo avec cette adresse. Elle en a déjà un.\n\nConnectez-vous ici, ou choisissez-y un nouveau mot de passe :\n{link}\n',
    },
    invitation: {
      subject: 'Vous êtes invité',
      text: 'Vous pouvez avoir un compte pour des appels vidéo.\n\nOuvrez ce lien dans les sept jours pour le créer :\n{link}\n',
    },
    reset: {
      subject: 'Choisissez un nouveau mot de passe',
      text: 'Quelqu’un, sans doute vous, a oublié le mot de passe de ce compte.\n\nOuvrez ce lien dans l’heure pour en choisir un nouveau :\n{link}\n\nSi ce n’était pas vous, ne faites rien. Votre mot de passe reste le même.\n',
    },
  },
  es: {
    confirmation: {
      subject: 'Confirma tu dirección',
      text: 'Alguien, probablemente tú, quiere una cuenta para videollamadas con esta dirección.\n\nAbre este enlace en el plazo de un día para crearla:\n{link}\n\nSi no has sido tú, no hagas nada.\n',
    },
    registered: {
      subject: 'Ya tienes una cuenta',
      text: 'Alguien, probablemente tú, quería una cuenta nueva para videollamadas con esta dirección. Ya tiene una.\n\nInicia sesión aquí o elige allí una contraseña nueva:\n{link}\n',
    },
    invitation: {
      subject: 'Tienes una invitación',
      text: 'Puedes tener una cuenta para videollamadas.\n\nAbre este enlace en el plazo de siete días para crearla:\n{link}\n',
    },
    reset: {
      subject: 'Elige una contraseña nueva',
      text: 'Alguien, probablemente tú, ha olvidado la contraseña de esta cuenta.\n\nAbre este enlace en el plazo de una hora para elegir una nueva:\n{link}\n\nSi no has sido tú, no hagas nada. Tu contraseña sigue igual.\n',
    },
  },
  ar: {
    confirmation: {
      subject: 'أكّد عنوانك',
      text: 'طلب شخص ما، وهو أنت على الأرجح، حسابًا لمكالمات الفيديو بهذا العنوان.\n\nافتح هذا الرابط خلال يوم واحد لإنشائه:\n{link}\n\nإن لم تكن أنت، فلا تفعل شيئًا.\n',
    },
    registered: {
      subject: 'لديك حساب بالفعل',
      text: 'طلب شخص ما، وهو أنت على الأرجح، حسابًا جديدًا لمكالمات الفيديو بهذا العنوان. لهذا العنوان حساب بالفعل.\n\nسجّل الدخول هنا، أو اختر هناك كلمة مرور جديدة:\n{link}\n',
    },
    invitation: {
      subject: 'أنت مدعو',
      text: 'يمكنك الحصول على حساب لمكالمات الفيديو.\n\nافتح هذا الرابط خلال سبعة أيام لإنشائه:\n{link}\n',
    },
    reset: {
      subject: 'اختر كلمة مرور جديدة',
      text: 'نسي شخص ما، وهو أنت على الأرجح، كلمة مرور هذا الحساب.\n\nافتح هذا الرابط خلال ساعة واحدة لاختيار كلمة جديدة:\n{link}\n\nإن لم تكن أنت، فلا تفعل شيئًا. تبقى كلمة مرورك كما هي.\n',
    },
  },
} as const satisfies Record<string, Record<MailKind, { subject: string; text: string }>>;

/** The first language of the header Accept-Language that there are texts in; English if there is none. */
export function mailLanguage(acceptLanguage: string | undefined): Language {
  const wanted = (acceptLanguage ?? '').slice(0, 256).split(',');
  const known = wanted.map((entry) => entry.trim().slice(0, 2).toLowerCase()).find(isLanguage);
  return known ?? 'en';
}

function isLanguage(text: string): text is Language {
  return Object.hasOwn(MAIL_TEXTS, text);
}
