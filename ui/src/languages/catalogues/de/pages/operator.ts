import type english from '../../en/pages/operator.ts';
import type { Translation } from '../../../translation.ts';

export default {
  title: 'Der Server',
  notForYou: {
    title: 'Diese Seite ist für Betreiber',
    advice:
      'Melde dich mit einem Konto an, das diesen Server betreibt. Wer ihn eingerichtet hat, kann eines anlegen.',
    logIn: 'Anmelden',
  },
  live: {
    title: 'Anrufe, die gerade laufen',
    empty: {
      title: 'Gerade läuft kein Anruf',
      text: 'Sobald jemand einem Raum beitritt, steht er hier.',
    },
    people: '{count, plural, one {# Person} other {# Personen}}, seit {time}',
    nodes: 'Medienknoten: {nodes}',
    owner: {
      account: 'Besitzer: {name}',
      guest: 'Besitzer: ein Gast',
      unknown: 'Besitzer: nicht bekannt',
    },
    end: 'Anruf beenden …',
    endNamed: 'Anruf beenden: {room}',
    question: 'Anruf in {room} beenden?',
    consequence:
      'Alle darin werden entfernt und lesen, dass ein Betreiber ihn beendet hat. Der Raum bleibt, und sein Besitzer findet es im Verlauf.',
    confirm: 'Für alle beenden',
    keep: 'Weiterlaufen lassen',
  },
  accounts: {
    title: 'Konten',
    search: 'Name oder E-Mail-Adresse',
    find: 'Suchen',
    empty: {
      title: 'Kein Konto gefunden',
      text: 'Suche nach einem anderen Teil von Name oder Adresse.',
    },
    seen: 'Zuletzt da: {time}',
    neverSeen: 'Seit dem Anlegen nicht angemeldet',
    operator: 'Betreiber',
    blocked: 'Gesperrt',
    block: 'Sperren',
    blockNamed: '{name} sperren',
    unblock: 'Entsperren',
    unblockNamed: '{name} entsperren',
    hint: 'Ein gesperrtes Konto wird überall sofort abgemeldet. In seinem laufenden Anruf bleibt es.',
  },
  addresses: {
    title: 'Gesperrte Adressen',
    none: 'Keine Adresse ist gesperrt.',
    address: 'IP-Adresse',
    addressHint: 'Etwa 203.0.113.5 oder 2001:db8::1. Bei IPv6 wird das ganze /64 gesperrt.',
    addressRefused: 'Das ist keine IP-Adresse. Sie sieht aus wie 203.0.113.5 oder 2001:db8::1.',
    days: 'Für wie viele Tage',
    daysRefused: 'Nimm eine ganze Zahl von 1 bis 365.',
    note: 'Notiz für Betreiber',
    block: 'Adresse sperren',
    until: 'bis {time}',
    unblock: 'Entsperren',
    unblockNamed: '{address} entsperren',
  },
  invitations: {
    title: 'Jemanden einladen',
    hint: 'Der Link legt ein Konto an, innerhalb von sieben Tagen.',
    email: 'E-Mail-Adresse (darf leer bleiben)',
    emailHint: 'Wenn angegeben, kann nur diese Adresse den Link benutzen.',
    emailRefused: 'Das ist keine E-Mail-Adresse.',
    create: 'Einladung erstellen',
    made: 'Die Einladung ist fertig. Sie endet {time}. Sie wird nur jetzt gezeigt, also kopiere sie.',
  },
} satisfies Translation<typeof english>;
