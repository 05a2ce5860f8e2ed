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
  sections: {
    raisedHands: 'Gehobene Hände ({count, number})',
    everyoneElse: 'Alle anderen ({count, number})',
    inCall: 'Im Anruf ({count, number})',
    viewers: 'Zuschauer ({count, number})',
  },
  crowd: {
    title: 'Im Anruf ({count, number}), davon schauen {viewers, number} zu',
    search: 'Nach einem Namen suchen',
    more: 'Mehr Personen zeigen',
    nobody: 'Niemand hier heißt so.',
  },
  row: {
    you: '(du)',
    reconnecting: 'Verbindet sich neu…',
    handRaised: 'Hand gehoben',
    sharing: 'Teilt den Bildschirm',
    sharePaused: 'Geteilter Bildschirm angehalten',
    microphoneOn: 'Mikrofon an',
    muted: 'Stumm',
    cameraOn: 'Kamera an',
    cameraOff: 'Kamera aus',
  },
  menu: {
    label: 'Optionen für {name}',
    pin: 'Anheften',
    unpin: 'Lösen',
    writePrivately: 'Privat schreiben',
  },
  summary: {
    self: '{name} (du)',
    and: '{states}, {state}',
    host: 'Gastgeber',
    viewer: 'Zuschauer',
    speaking: 'spricht',
    muted: 'stumm',
    cameraOff: 'Kamera aus',
    sharing: 'teilt den Bildschirm',
    sharePaused: 'geteilter Bildschirm angehalten',
    handRaised: 'Hand gehoben',
    reconnecting: 'verbindet sich neu',
    poorConnection: 'schlechte Verbindung',
  },
} satisfies Translation<typeof english>;
