import type english from '../../en/pages/rooms.ts';
import type { Translation } from '../../../translation.ts';

export default {
  title: 'Meine Räume',
  visitsTitle: 'Räume, in denen ich war',
  nav: 'Seiten deiner Räume',
  operator: 'Server',
  new: 'Neuer Raum',
  guest: {
    text: 'Diese Räume gehören diesem Browser. Mit einem Konto behältst du sie und hast sie auf jedem Gerät.',
    register: 'Konto anlegen',
    logIn: 'Anmelden',
  },
  empty: {
    title: 'Noch keine Räume',
    text: 'Ein Raum behält seinen Link. Mach einen für das Team, den Chor oder die Familie.',
  },
  untitled: 'Raum ohne Namen',
  people:
    '{count, plural, =0 {Jetzt ist niemand da} one {Jetzt ist eine Person da} other {Jetzt sind # Personen da}}',
  join: 'Beitreten',
  joinNamed: '{room} beitreten',
  settings: 'Einstellungen',
  settingsNamed: 'Einstellungen von {room}',
  history: 'Frühere Anrufe',
  historyNamed: 'Frühere Anrufe von {room}',
  more: 'Mehr zeigen',
  back: 'Zurück zu meinen Räumen',
  name: {
    label: 'Name des Raums',
    hint: 'Alle im Anruf sehen ihn. Er darf leer bleiben.',
    refused:
      'Der Name ist zu lang oder enthält Zeichen, die nicht gezeigt werden können. Nimm höchstens 120 Zeichen.',
  },
  create: {
    intro: 'Wähle, wie er funktioniert, oder lass alles, wie es ist. Du kannst es jederzeit ändern.',
    submit: 'Raum anlegen',
  },
  link: {
    title: 'Der Link',
    hint: 'Schick ihn allen, die kommen sollen.',
  },
  notYours: {
    title: 'Du leitest diesen Raum nicht',
    advice:
      'Nur der Besitzer und, während der Anruf läuft, Gastgeber können diese Seite öffnen. Ist es deiner, melde dich an oder nimm den Browser, in dem du ihn angelegt hast.',
  },
  bans: {
    title: 'Wer nicht hereindarf',
    none: 'Niemand ist von diesem Raum ausgeschlossen.',
    by: 'Ausgeschlossen von {name}',
    until: 'bis {time}',
    forGood: 'bis du es aufhebst',
    lift: 'Wieder hereinlassen',
    liftNamed: '{name} wieder hereinlassen',
  },
  delete: {
    title: 'Raum löschen',
    text: 'Sein Link geht nicht mehr, ein laufender Anruf endet, und Chat, frühere Anrufe und Ausschlüsse werden gelöscht. Das lässt sich nicht rückgängig machen.',
    button: 'Löschen …',
    question: '{room} löschen?',
    confirm: 'Endgültig löschen',
    keep: 'Raum behalten',
  },
  visits: {
    empty: {
      title: 'Noch keine Anrufe',
      text: 'Die Anrufe, in denen du warst, stehen eine Weile hier.',
    },
    as: 'als {name}',
    now: 'seit {time}, du bist gerade da',
    past: '{time}, {duration} lang',
  },
} satisfies Translation<typeof english>;
