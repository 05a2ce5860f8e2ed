import type english from '../en/settings.ts';
import type { Translation } from '../../translation.ts';

export default {
  title: 'Ajustes',
  groups: {
    you: 'Tú',
    devices: 'Dispositivos',
    pictures: 'Imágenes',
    view: 'Vista',
  },
  rename: {
    label: 'Nombre en esta llamada',
    save: 'Guardar',
  },
  sounds: {
    label: 'Sonido para lo que te pierdes',
    hint: 'Cuando alguien se une, escribe o levanta la mano mientras miras otra página',
  },
  count: 'Contarlo en el título de la página',
  voicesOnly: {
    label: 'Solo voces',
    hint: 'Sin imágenes y con tu cámara apagada: para una red débil',
  },
  savePower: {
    label: 'Ahorrar energía y datos',
    hint: 'Menos imágenes de los demás, y más pequeñas',
  },
  received: {
    label: 'Imágenes recibidas',
    all: 'Imágenes de los demás: todas',
    most: 'Imágenes de los demás: {count, number} como máximo',
    hint: 'Las pantallas compartidas, las personas fijadas y quienes hablan van primero.',
  },
  easeLoad: {
    label: 'Aliviar un ordenador ocupado',
    hint: 'Menos imágenes, y la tuya más pequeña, mientras no dé abasto',
  },
  afterMute: {
    label: 'Al silenciar el micrófono',
    free: {
      label: 'En silencio: liberarlo enseguida',
      explanation:
        'La luz del micrófono se apaga enseguida. Al activarlo se abre de nuevo, y eso tarda un momento.',
    },
    'free-soon': {
      label: 'En silencio: liberarlo en 3 segundos',
      explanation:
        'Los cambios rápidos y pulsar para hablar son instantáneos, y la luz del micrófono se apaga pronto.',
    },
    'keep-open': {
      label: 'En silencio: dejarlo abierto',
      explanation:
        'Activarlo es siempre instantáneo, el navegador no vuelve a preguntar y los auriculares conservan su sonido. La luz sigue encendida.',
    },
    nothingSent: 'Mientras estás en silencio no se envía nada, elijas lo que elijas.',
  },
  selfView: {
    label: 'Tu imagen',
    auto: 'Tu imagen: colocada automáticamente',
    floating: 'Tu imagen: en una esquina',
    hidden: 'Tu imagen: oculta',
  },
  shortcuts: {
    title: 'Atajos de teclado',
    description: 'Funcionan siempre que no estés escribiendo.',
    actions: {
      microphone: 'Silenciar o activar el micrófono',
      camera: 'Encender o apagar la cámara',
      share: 'Compartir la pantalla o dejar de hacerlo',
      hand: 'Levantar o bajar la mano',
      chat: 'Abrir o cerrar el chat',
      people: 'Abrir o cerrar la lista de participantes',
      statistics: 'Abrir o cerrar las estadísticas',
      layout: 'Vista de cuadrícula o de orador',
      'self-view': 'Mostrar u ocultar tu imagen',
      fullscreen: 'Pantalla completa',
      'picture-in-picture': 'Imagen en imagen',
      'voices-only': 'Solo voces o con imágenes',
      'copy-link': 'Copiar el enlace',
      'previous-page': 'Página anterior de participantes',
      'next-page': 'Página siguiente de participantes',
      settings: 'Ajustes',
      help: 'Esta lista',
    },
    holdToTalk: 'Mantener para hablar estando en silencio',
    keys: {
      pageup: 'Re Pág',
      pagedown: 'Av Pág',
      space: 'Espacio',
    },
  },
} satisfies Translation<typeof english>;
