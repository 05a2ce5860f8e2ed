import type english from '../en/people.ts';
import type { Translation } from '../../translation.ts';

export default {
  name: {
    changed: 'Dein Name wurde geändert',
    notChanged: 'Dein Name wurde nicht geändert. {reason}.',
    late: 'Der Server ist nicht erreichbar. Dein Name ändert sich, sobald er wieder da ist.',
    saving: 'Wird gespeichert…',
    missing: 'Gib deinen Namen ein, damit die anderen wissen, wer du bist.',
    noLetter:
      'Ein Name braucht einen Buchstaben oder eine Ziffer. Füge etwas hinzu, damit die anderen dich ansprechen können.',
    tooLong: 'Dieser Name ist zu lang. Nimm einen kürzeren.',
    cannotBeShown:
      'Dieser Name enthält Zeichen, die nicht angezeigt werden können. Lösche ihn und tippe ihn neu.',
  },
} satisfies Translation<typeof english>;
