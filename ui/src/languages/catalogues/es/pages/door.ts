import type english from '../../en/pages/door.ts';
import type { Translation } from '../../../translation.ts';

export default {
  waiting: {
    title: 'Estás esperando a que te dejen entrar',
    nobody: 'Todavía no hay nadie en la llamada. Cuando llegue un anfitrión, verá que esperas.',
    hosts: 'Quienes dirigen la llamada ven tu nombre, {name}. Alguien te dejará entrar.',
    lost: 'Se ha perdido la conexión. Esta página continúa sola cuando vuelva.',
    unseen: 'Nadie te ve ni te oye antes de que entres en la llamada.',
    leave: 'Dejar de esperar',
  },
  elsewhere: {
    title: 'Ya estás en esta llamada',
    advice: 'Está abierta en otro dispositivo o en otra pestaña de este navegador.',
    move: 'Traerla aquí',
    moveAdvice: 'La llamada termina allí. Si allí estás en silencio, aquí seguirás en silencio.',
    add: 'Participar también aquí',
    addAdvice: 'Estarás dos veces en la llamada. Silencia uno de los dos para que no haya eco.',
  },
  passcode: {
    label: 'Código de acceso',
    hint: 'Lo encuentras en la invitación.',
    missing: 'Escribe el código de acceso de la llamada.',
    wrong: 'Ese no es el código de acceso. Mira otra vez la invitación.',
    limited: 'Se han probado demasiados códigos. Inténtalo otra vez dentro de {duration}.',
  },
  refused: {
    opensAt: 'Se abre el {when}. Entonces esta página continúa sola.',
    retryIn: 'Inténtalo otra vez dentro de {duration}.',
  },
  knocks: {
    heading: 'Esperan para entrar ({count, number})',
    one: '{name} quiere entrar',
    several:
      '{count, plural, one {# persona quiere entrar} many {# personas quieren entrar} other {# personas quieren entrar}}',
    admit: 'Dejar entrar',
    admitNamed: 'Dejar entrar a {name}',
    admitAll: 'Dejar entrar a todos',
    deny: 'No dejar entrar',
    block: 'No dejar entrar y bloquear',
    guest: 'Invitado',
    show: 'Mostrar',
  },
  blocking: {
    title: '¿Bloquear a {name}?',
    guest:
      '{name} no podrá entrar en esta sala durante 24 horas, ni tampoco otros invitados de la misma red.',
    account: '{name} no podrá entrar en esta sala hasta que levantes el bloqueo.',
    confirm: 'Bloquear',
  },
} satisfies Translation<typeof english>;
