import type english from '../en/announcements.ts';
import type { Translation } from '../../translation.ts';

export default {
  joined: { one: '{people} a rejoint l’appel', several: '{people} ont rejoint l’appel' },
  reconnecting: { one: '{people} se reconnecte', several: '{people} se reconnectent' },
  handRaised: { one: '{people} a levé la main', several: '{people} ont levé la main' },
  screenShared: { one: '{people} partage son écran', several: '{people} partagent leur écran' },
  screenPaused: {
    one: '{people} a mis son partage d’écran en pause',
    several: '{people} ont mis leur partage d’écran en pause',
  },
  screenResumed: {
    one: '{people} a repris son partage d’écran',
    several: '{people} ont repris leur partage d’écran',
  },
  screenStopped: {
    one: '{people} a arrêté de partager son écran',
    several: '{people} ont arrêté de partager leur écran',
  },
  left: { one: '{people} a quitté l’appel', several: '{people} ont quitté l’appel' },
  people: {
    two: '{first} et {second}',
    three: '{first}, {second} et {third}',
    more: '{count, plural, one {{first}, {second} et # autre personne} many {{first}, {second} et # autres personnes} other {{first}, {second} et # autres personnes}}',
  },
  newMessages:
    '{count, plural, one {# nouveau message} many {# nouveaux messages} other {# nouveaux messages}}',
  message: 'Message de {name} : {text}',
  privateMessage: 'Message privé de {name} : {text}',
} satisfies Translation<typeof english>;
