import type english from '../en/announcements.ts';
import type { Translation } from '../../translation.ts';

export default {
  joined: { one: '{people} nimmt jetzt teil', several: '{people} nehmen jetzt teil' },
  reconnecting: { one: '{people} verbindet sich neu', several: '{people} verbinden sich neu' },
  handRaised: { one: '{people} hat die Hand gehoben', several: '{people} haben die Hand gehoben' },
  screenShared: { one: '{people} teilt den Bildschirm', several: '{people} teilen ihre Bildschirme' },
  screenPaused: {
    one: '{people} hat den geteilten Bildschirm angehalten',
    several: '{people} haben ihre geteilten Bildschirme angehalten',
  },
  screenResumed: {
    one: '{people} zeigt den geteilten Bildschirm wieder',
    several: '{people} zeigen ihre geteilten Bildschirme wieder',
  },
  screenStopped: {
    one: '{people} teilt den Bildschirm nicht mehr',
    several: '{people} teilen ihre Bildschirme nicht mehr',
  },
  left: { one: '{people} hat den Anruf verlassen', several: '{people} haben den Anruf verlassen' },
  people: {
    two: '{first} und {second}',
    three: '{first}, {second} und {third}',
    more: '{count, plural, one {{first}, {second} und # andere Person} other {{first}, {second} und # andere}}',
  },
  newMessages: '{count, plural, one {# neue Nachricht} other {# neue Nachrichten}}',
  message: 'Nachricht von {name}: {text}',
  privateMessage: 'Private Nachricht von {name}: {text}',
} satisfies Translation<typeof english>;
