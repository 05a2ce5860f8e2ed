import type english from '../en/chat.ts';
import type { Translation } from '../../translation.ts';

export default {
  list: 'Mensajes',
  newest: 'Mensajes más recientes',
  earlier: 'Mostrar mensajes anteriores',
  empty: {
    title: 'Aún no hay mensajes',
    advice: 'Los mensajes llegan a todos en la llamada. Para escribir solo a una persona, elígela abajo.',
  },
  cleared: {
    byYou: 'Has vaciado el chat',
    byName: '{name} ha vaciado el chat',
  },
  message: {
    onlyToYou: 'solo para ti',
    onlyToName: 'solo para {name}',
    onlyToOne: 'solo para una persona',
    private: '{sender}, {recipient}',
  },
  delivery: {
    sending: 'Enviando…',
    failed: 'No entregado.',
  },
  composer: {
    message: 'Mensaje',
    toEveryone: 'Escribe a todos',
    privately: 'Escribe en privado',
    send: 'Enviar',
    length: '{length, number, ::group-off} de {max, number, ::group-off}',
  },
  recipient: {
    label: 'Para',
    everyone: 'Todos',
    only: 'Solo {name}',
    gone: 'Ya no está en la llamada',
  },
  clear: {
    button: 'Vaciar el chat',
    title: '¿Vaciar el chat para todos?',
    description: 'Se borran todos los mensajes, también los privados. Los demás verán que has sido tú.',
    keep: 'Conservar los mensajes',
    confirm: 'Vaciar el chat',
  },
} satisfies Translation<typeof english>;
