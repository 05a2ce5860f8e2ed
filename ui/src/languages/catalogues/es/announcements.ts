import type english from '../en/announcements.ts';
import type { Translation } from '../../translation.ts';

export default {
  joined: { one: '{people} se ha unido', several: '{people} se han unido' },
  reconnecting: { one: '{people} se está reconectando', several: '{people} se están reconectando' },
  handRaised: { one: '{people} ha levantado la mano', several: '{people} han levantado la mano' },
  screenShared: { one: '{people} comparte su pantalla', several: '{people} comparten sus pantallas' },
  screenPaused: {
    one: '{people} ha pausado la pantalla compartida',
    several: '{people} han pausado sus pantallas compartidas',
  },
  screenResumed: {
    one: '{people} vuelve a mostrar la pantalla compartida',
    several: '{people} vuelven a mostrar sus pantallas compartidas',
  },
  screenStopped: {
    one: '{people} ha dejado de compartir la pantalla',
    several: '{people} han dejado de compartir sus pantallas',
  },
  left: { one: '{people} ha salido', several: '{people} han salido' },
  people: {
    two: '{first} y {second}',
    three: '{first}, {second} y {third}',
    more: '{count, plural, one {{first}, {second} y # persona más} many {{first}, {second} y # personas más} other {{first}, {second} y # personas más}}',
  },
  newMessages: '{count, plural, one {# mensaje nuevo} many {# mensajes nuevos} other {# mensajes nuevos}}',
  message: 'Mensaje de {name}: {text}',
  privateMessage: 'Mensaje privado de {name}: {text}',
} satisfies Translation<typeof english>;
