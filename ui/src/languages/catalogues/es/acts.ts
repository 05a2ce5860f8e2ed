import type english from '../en/acts.ts';
import type { Translation } from '../../translation.ts';

export default {
  muted: {
    title: '{name} te ha silenciado',
    advice: 'Activa tu micrófono cuando quieras hablar.',
  },
  mutedForNow: {
    title: '{name} te ha silenciado',
    advice:
      'Por el momento solo los anfitriones pueden activar el micrófono. Levanta la mano si quieres decir algo.',
  },
  mutedByRules: {
    title: 'Ahora estás en silencio',
    advice: 'Por el momento solo pueden hablar los anfitriones. Levanta la mano si quieres decir algo.',
  },
  asked: {
    title: '{name} te pide que actives el micrófono',
    advice: 'Actívalo cuando estés listo.',
  },
  unmute: 'Activar el micrófono',
  stopped: {
    title:
      '{source, select, camera {{name} ha apagado tu cámara} other {{name} ha terminado de compartir tu pantalla}}',
    advice: 'Pregunta antes de volver a empezar.',
  },
  stoppedByRules: {
    title:
      '{source, select, microphone {Tu micrófono está apagado ahora} camera {Tu cámara está apagada ahora} other {Tu pantalla ya no se comparte}}',
    advice: 'Tu papel o los ajustes de la sala no lo permiten por el momento.',
  },
  handLowered: {
    title: '{name} ha bajado tu mano',
    advice: 'Levántala de nuevo si aún quieres decir algo.',
  },
  roleChanged: {
    title:
      '{role, select, host {{name} te ha hecho anfitrión} viewer {{name} solo te deja mirar} other {{name} te ha hecho participante}}',
    advice:
      '{role, select, host {Ahora puedes admitir, silenciar y quitar a personas.} viewer {Puedes escuchar, mirar y escribir.} other {Puedes hablar y mostrar tu cámara.}}',
  },
  hostByRules: {
    title: 'Ahora eres el anfitrión',
    advice: 'El último anfitrión se ha ido. Puedes admitir, silenciar y quitar a personas.',
  },
  removed: {
    title: '{name} te ha quitado de la llamada',
    advice: 'Pregunta a quien dirige la llamada antes de volver.',
  },
  banned: {
    title: '{name} te ha quitado de la llamada para siempre',
    advice: 'No puedes volver a esta sala.',
  },
  ended: {
    title: '{name} ha terminado la llamada para todos',
    advice: 'Empieza una nueva cuando la necesites.',
  },
} satisfies Translation<typeof english>;
