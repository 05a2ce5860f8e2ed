import type english from '../en/room.ts';
import type { Translation } from '../../translation.ts';

export default {
  titles: {
    call: 'Anruf',
    check: 'Verbindung prüfen',
    notFound: 'Nicht gefunden',
    room: 'Raum',
    rooms: 'Meine Räume',
    newRoom: 'Neuer Raum',
    visits: 'Räume, in denen ich war',
    calls: 'Frühere Anrufe',
    operator: 'Der Server',
  },
  brand: 'Parley, zur Startseite',
  toStart: 'Zur Startseite',
  rejoin: 'Wieder teilnehmen',
  checkConnection: 'Prüfe deine Verbindung',
  waitingForNetwork: 'Diese Seite macht von selbst weiter, sobald das Netzwerk sie durchlässt.',
  waitingForServer: 'Diese Seite macht von selbst weiter, sobald der Server antwortet.',
  devicesNotOpened: 'Kamera und Mikrofon wurden nicht geöffnet.',
  lack: {
    old: {
      title: 'Dieser Browser ist zu alt für Anrufe',
      advice: 'Aktualisiere ihn oder öffne diese Seite in einem aktuellen Chrome, Edge, Firefox oder Safari.',
    },
    webrtc: {
      title: 'So wie dieser Browser eingestellt ist, kann er nicht anrufen',
      advice:
        'WebRTC, das Ton und Video überträgt, ist ausgeschaltet. Schalte es in den Einstellungen oder Erweiterungen dieses Browsers ein, schalte den Blockierungsmodus für diese Seite aus, oder öffne sie in einem anderen Browser.',
    },
  },
  late: {
    title: 'Die Seite ist noch nicht vollständig',
    advice: 'Ein Teil von ihr ist nicht angekommen. Prüfe dein Netzwerk und lade die Seite dann neu.',
  },
  malformed: {
    title: 'Das ist kein Link zu einem Anruf',
    advice:
      'Vielleicht fehlt ein Teil des Links. Gib hier den Code ein (er sieht aus wie abcd-efgh-jkm), oder starte einen neuen Anruf.',
  },
  failed: {
    prepare: 'Kamera und Mikrofon prüfen',
  },
  left: {
    title: 'Du hast den Anruf verlassen',
    devicesOff: 'Deine Kamera und dein Mikrofon sind aus.',
    afterTime: 'Du warst {duration} im Anruf. Deine Kamera und dein Mikrofon sind aus.',
  },
  notFound: {
    title: 'Diese Seite gibt es nicht',
    advice: 'Vielleicht ist die Adresse falsch, oder die Seite wurde entfernt.',
  },
  offline: {
    title: 'Keine Verbindung',
    advice: 'Parley ist nicht erreichbar. Prüfe dein Netzwerk und versuche es dann erneut.',
  },
} satisfies Translation<typeof english>;
