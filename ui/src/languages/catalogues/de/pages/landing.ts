import type english from '../../en/pages/landing.ts';
import type { Translation } from '../../../translation.ts';

export default {
  description: 'Ruhige Videoanrufe auf deinem eigenen Server.',
  title: 'Videoanrufe auf deinem eigenen Server.',
  pitch:
    'Kein Konto, nichts zu installieren. Starte einen Anruf, verschicke den Link, sprich los. Alles bleibt auf diesem Server.',
  startOrJoin: 'Starten oder teilnehmen',
  orJoin: 'oder an einem teilnehmen',
  newCall: 'Neuer Anruf',
  accountsStart:
    'Auf diesem Server starten Personen mit Konto die Anrufe. Als Gast kannst du an einem teilnehmen.',
  accountsOnly: 'Anrufe auf diesem Server sind für Personen mit Konto.',
  join: {
    codeOrLink: 'Code oder Link',
    hint: 'Du kannst auch den Link eines Anrufs einfügen.',
    empty: 'Gib zuerst einen Code ein oder füge einen Link ein.',
    noCode: 'Darin ist kein Anrufcode wie {example}.',
    submit: 'Am Anruf teilnehmen',
  },
} satisfies Translation<typeof english>;
