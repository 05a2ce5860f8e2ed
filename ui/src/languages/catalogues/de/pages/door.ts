import type english from '../../en/pages/door.ts';
import type { Translation } from '../../../translation.ts';

export default {
  waiting: {
    title: 'Du wartest auf Einlass',
    nobody: 'Noch ist niemand im Anruf. Sobald ein Gastgeber kommt, sieht er, dass du wartest.',
    hosts: 'Wer den Anruf leitet, sieht deinen Namen, {name}, und lässt dich herein.',
    lost: 'Die Verbindung ist unterbrochen. Sobald sie zurück ist, geht es hier von selbst weiter.',
    unseen: 'Niemand sieht oder hört dich, bevor du im Anruf bist.',
    leave: 'Nicht länger warten',
  },
  elsewhere: {
    title: 'Du bist schon in diesem Anruf',
    advice: 'Er ist auf einem anderen Gerät oder in einem anderen Tab dieses Browsers offen.',
    move: 'Hierher holen',
    moveAdvice: 'Dort endet der Anruf. Bist du dort stumm, bleibst du es auch hier.',
    add: 'Hier zusätzlich teilnehmen',
    addAdvice: 'Du bist dann zweimal im Anruf. Schalte ein Gerät stumm, damit nichts hallt.',
  },
  passcode: {
    label: 'Zugangscode',
    hint: 'Er steht in der Einladung.',
    missing: 'Gib den Zugangscode des Anrufs ein.',
    wrong: 'Das ist nicht der Zugangscode. Sieh noch einmal in die Einladung.',
    limited: 'Es wurden zu viele Zugangscodes versucht. Versuche es erneut, Wartezeit: {duration}.',
  },
  refused: {
    opensAt: 'Er öffnet am {when}. Dann geht es hier von selbst weiter.',
    retryIn: 'Versuche es erneut, Wartezeit: {duration}.',
  },
  knocks: {
    heading: 'Warten auf Einlass ({count, number})',
    one: '{name} möchte herein',
    several: '{count, plural, one {1 Person möchte herein} other {# Personen möchten herein}}',
    admit: 'Einlassen',
    admitNamed: '{name} einlassen',
    admitAll: 'Alle einlassen',
    deny: 'Nicht einlassen',
    block: 'Nicht einlassen und sperren',
    guest: 'Gast',
    show: 'Anzeigen',
  },
  blocking: {
    title: '{name} sperren?',
    guest:
      '{name} kann diesen Raum 24 Stunden lang nicht betreten. Das gilt auch für andere Gäste aus demselben Netz.',
    account: '{name} kann diesen Raum nicht betreten, bis du die Sperre aufhebst.',
    confirm: 'Sperren',
  },
} satisfies Translation<typeof english>;
