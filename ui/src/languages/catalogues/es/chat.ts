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
  actions: {
    label: 'Opciones del mensaje',
    reply: 'Responder',
    copy: 'Copiar el texto',
    edit: 'Editar',
    delete: 'Eliminar',
  },
  deleted: {
    bySender: 'Mensaje eliminado',
    byHost: 'Eliminado por un anfitrión',
    notShown: 'Mensaje no disponible',
  },
  edited: 'editado',
  reply: {
    cancel: 'No responder',
  },
  editor: {
    label: 'Editar el mensaje',
    save: 'Guardar',
    cancel: 'Cancelar',
  },
  reactions: {
    add: 'Reaccionar con un emoji',
    count: '{emoji}: {count, plural, one {# persona} many {# de personas} other {# personas}}',
  },
  typing: {
    one: '{name} está escribiendo…',
    two: '{first} y {second} están escribiendo…',
    several: 'Varias personas están escribiendo…',
  },
  emoji: {
    button: 'Emojis',
    search: 'Buscar emojis',
    none: 'No se encontró ningún emoji',
  },
  file: {
    send: 'Enviar un archivo',
    save: 'Guardar {name}',
    picture: 'Imagen: {name}',
    sending: 'Enviando {name}',
    stop: 'No enviar {name}',
    again: 'Enviar {name} otra vez',
    tooLarge: 'Más de 20 MB',
    tooMany: 'Veinte a la vez. Inténtalo de nuevo',
    empty: 'Este archivo está vacío',
    full: 'No caben más archivos en esta llamada',
    failed: 'No enviado',
    gone: 'No se puede cargar este archivo. Inténtalo más tarde.',
  },
  export: {
    button: 'Guardar el chat',
    text: 'Guardar como texto',
    json: 'Guardar como JSON',
  },
} satisfies Translation<typeof english>;
