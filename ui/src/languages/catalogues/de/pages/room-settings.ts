import type english from '../../en/pages/room-settings.ts';
import type { Translation } from '../../../translation.ts';

export default {
  door: 'Wer hereinkommen darf',
  call: 'Im Anruf',
  locked: {
    label: 'Raum abschließen',
    hint: 'Niemand Neues kommt herein, außer dir und den Gastgebern.',
  },
  waitingRoom: {
    label: 'Warteraum',
    hint: 'Ein Gastgeber lässt jeden herein, der kommt.',
  },
  guestsAllowed: {
    label: 'Auch Leute ohne Konto dürfen herein',
    hint: 'Ist das aus, kommen nur angemeldete Leute herein.',
  },
  namesBeforeJoin: {
    label: 'Namen vor dem Teilnehmen zeigen',
    hint: 'Wer den Link öffnet, sieht, wer im Anruf ist. Ist das aus, sieht man nur, wie viele es sind.',
  },
  passcode: {
    label: 'Kenncode',
    none: 'Mindestens 4 Zeichen. Alle, die kommen, müssen ihn eingeben.',
    isSet: 'Ein Kenncode ist gesetzt. Niemand kann ihn mehr lesen; tippe einen anderen, um ihn zu ersetzen.',
    tooShort: 'Das ist zu kurz. Nimm 4 Zeichen oder mehr.',
    refused: 'Dieser Kenncode geht nicht. Nimm 4 bis 64 Buchstaben, Ziffern oder Zeichen.',
    remove: 'Kenncode entfernen',
  },
  capacity: {
    label: 'Plätze',
    hint: 'So viele Leute dürfen gleichzeitig da sein. Leer: so viele, wie der Server fasst.',
    refused: 'Nimm eine ganze Zahl von 1 bis {max, number}.',
  },
  opensAt: 'Öffnet',
  closesAt: 'Schließt',
  times: {
    hint: 'In deiner Ortszeit ({zone}). Leer: immer.',
    order: 'Der Raum schließt, bevor er öffnet. Ändere eine der beiden Zeiten.',
    clear: '{what} leeren',
  },
  mutedOnEntry: {
    label: 'Alle kommen stumm herein',
    hint: 'Sie können ihr Mikrofon selbst einschalten, wenn sie dürfen.',
  },
  whoMayUnmute: 'Wer sprechen darf',
  whoMayStartVideo: 'Wer die Kamera einschalten darf',
  whoMayShareScreen: 'Wer den Bildschirm teilen darf',
  whoMayChat: 'Wer im Chat schreiben darf',
  whoMay: {
    everybody: 'Alle',
    hosts: 'Nur Gastgeber',
  },
  history: {
    label: 'Was Spätere vom Chat lesen',
    call: 'Alles aus diesem Anruf',
    everything: 'Alles, auch aus früheren Anrufen',
    nothing: 'Nichts von vor ihrem Kommen',
  },
  saving: 'Wird gespeichert …',
  saved: 'Gespeichert',
  atOnce: 'Änderungen gelten sofort, auch für einen laufenden Anruf.',
} satisfies Translation<typeof english>;
