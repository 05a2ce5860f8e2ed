import type english from '../../en/pages/check.ts';
import type { Translation } from '../../../translation.ts';

export default {
  titles: {
    origin: 'Dirección segura',
    server: 'Servidor',
    clock: 'Reloj',
    websocket: 'WebSocket',
    udp: 'Medios por UDP',
    tcp: 'Medios por TCP',
    ipv6: 'Medios por IPv6',
    relay: 'Medios por TURN',
    web: 'Medios junto a https',
    address: 'Dirección de medios',
    bandwidth: 'Ancho de banda',
    microphone: 'Micrófono',
    camera: 'Cámara',
    speaker: 'Altavoz',
  },
  fine: {
    origin: 'Los navegadores permiten aquí la cámara y el micrófono.',
    server: 'Responde.',
    clock: 'Coincide con este dispositivo.',
    websocket: 'Se abre, y es posible unirse a una llamada.',
    udp: 'Funciona, por el {port}.',
    tcp: 'Funciona, por el {port}.',
    ipv6: 'Funciona, por el {port}.',
    relay: 'Funciona: quienes están detrás de un cortafuegos estricto pueden unirse.',
    web: 'Funciona: quienes solo pueden abrir páginas web pueden unirse.',
    address: 'Los medios van a {addresses}, que es accesible.',
    addressRelayed: 'A {addresses} solo se llega por TURN.',
    bandwidth: 'Es suficiente.',
    microphone: 'Funciona.',
    camera: 'Funciona.',
    speaker:
      'Se han reproducido tres notas. Si no las has oído, elige otro altavoz en los ajustes de tu dispositivo.',
  },
  findings: {
    'insecure-origin': 'La cámara y el micrófono necesitan una dirección segura.',
    edge: 'No se puede llegar al servidor.',
    'sign-in': 'Tu red responde con su propia página: quiere que inicies sesión antes.',
    clock:
      'El reloj del servidor va {seconds} s {direction, select, ahead {adelantado} other {atrasado}} respecto al de este dispositivo.',
    'no-clock': 'El servidor no ha enviado su hora.',
    call: 'No es posible unirse a una llamada: {title} ({code}).',
    websocket: 'No se abre un WebSocket a /socket.io/. Las llamadas funcionan, pero más despacio.',
    'udp-port':
      'UDP no responde en el {port}. El sonido y el vídeo usan entonces TCP y se entrecortan cuando se pierden paquetes.',
    'tcp-port':
      'TCP no responde en el {port}. Quienes están detrás de un cortafuegos que bloquea UDP necesitan un servidor TURN para entrar.',
    relay:
      'El servidor TURN no transmite medios. Quienes están detrás de un cortafuegos estricto no pueden unirse.',
    web: 'TURN no responde en el puerto de https. Quienes solo pueden abrir páginas web no pueden unirse.',
    'no-ipv6':
      'El servidor no ofrece ninguna dirección IPv6. Quienes solo tienen IPv6 necesitan TURN para unirse.',
    'no-ipv6-here':
      'IPv6 no llega desde aquí hasta {addresses}. No pasa nada si funciona otro camino: la mayoría de las redes solo tienen IPv4.',
    'no-web':
      'TURN no se ofrece en el puerto de https. Quienes solo pueden abrir páginas web no pueden unirse.',
    'no-candidate': 'El servidor no ofrece {protocol}.',
    'no-turn': 'Aquí no hay ningún servidor TURN, así que no hay nada que probar.',
    'announced-address':
      'Los navegadores tienen que enviar los medios a {addresses}, {reach, select, loopback {adonde solo llega el propio servidor} other {y allí no responde ningún puerto de medios, ni por UDP ni por TCP}}.',
    'no-path': 'No se ha podido enviar nada: no se ha establecido ninguna conexión para medios.',
    slow: 'La conexión es lenta.',
    loss: 'Se pierden paquetes, por eso el sonido y el vídeo se entrecortan.',
    device: '{title}.',
    'no-answer': 'El navegador ha pedido permiso y no ha recibido respuesta.',
    'no-speaker': 'No se ha podido reproducir ningún sonido.',
    'unknown-speakers':
      'Este navegador no dice si hay alguno. Se han reproducido tres notas; deberías haberlas oído.',
    'needs-secure-origin': 'Sin probar: necesita una dirección segura.',
    'needs-call': 'Sin probar: no es posible unirse a una llamada.',
    internal: 'Esta parte de la comprobación ha fallado.',
  },
  fixes: {
    'insecure-origin':
      'Abre la dirección https:// de este servidor; los navegadores solo permiten dispositivos ahí y en localhost.',
    edge: 'Comprueba tu conexión a la red.',
    'sign-in':
      'Abre otra página en una pestaña nueva, inicia sesión en la red y vuelve a iniciar la comprobación.',
    clock: 'Activa la hora automática en los ajustes de este dispositivo.',
    websocket: 'Prueba sin proxy ni filtro de contenido.',
    'udp-port': 'Prueba otra red: algunas bloquean UDP.',
    'announced-address': 'Prueba otra red.',
    slow: 'Acércate al wifi o usa un cable, detén las descargas o apaga la cámara en las llamadas.',
    loss: 'Acércate al wifi o usa un cable, y detén las descargas.',
    'no-answer': 'Vuelve a iniciar la comprobación y responde a la pregunta del navegador.',
    'no-speaker':
      'Conecta un altavoz o unos auriculares, o elige otro altavoz en los ajustes de tu dispositivo, y vuelve a intentarlo.',
    internal: 'Vuelve a iniciar la comprobación.',
  },
  operators: {
    edge: 'Para quien administra este servidor: comprueba que el gateway está en marcha y que /api/ lleva a él.',
    clock:
      'Para quien administra este servidor: pon los relojes en hora por NTP: timedatectl set-ntp true en cada máquina.',
    call: 'Para quien administra este servidor: busca en los registros de signaling y media la referencia de abajo.',
    websocket:
      'Para quien administra este servidor: el proxy debe pasar Upgrade y Connection para /socket.io/ con HTTP/1.1, como hace nginx/ en este repositorio.',
    'udp-port':
      'Para quien administra este servidor: abre UDP {ports} en el cortafuegos y, detrás de NAT, redirígelo al nodo media.',
    'tcp-port':
      'Para quien administra este servidor: abre TCP {ports} en el cortafuegos y, detrás de NAT, redirígelo al nodo media.',
    relay:
      'Para quien administra este servidor: comprueba que los navegadores llegan a TURN_ADDRESSES o TURN_URLS, que TURN_SECRET es igual en signaling y en el servidor TURN, y que sus puertos están abiertos.',
    web: 'Para quien administra este servidor: comprueba que la entrada pasa TURN (EDGE_TURN) y que ningún otro proxy termina TLS antes.',
    'announced-address':
      'Para quien administra este servidor: pon en MEDIA_RTC_ANNOUNCED_ADDRESSES las direcciones del nodo media a las que llegan los navegadores; comprueba que sus puertos de medios están abiertos.',
  },
  port: 'puerto {ports} de {addresses}',
  unknownAddress: 'una dirección desconocida',
  bandwidth: {
    summary: 'Subida {up}, {upEnough}; bajada {down}, {downEnough}. {loss} perdido, {time} de ida y vuelta.',
    enough: {
      hd: 'suficiente para vídeo HD',
      video: 'suficiente para vídeo pequeño',
      audio: 'suficiente solo para sonido',
      none: 'insuficiente para sonido',
    },
  },
  report: {
    title: 'Comprobación de conexión de Parley de {address}',
    unfinished: 'sin terminar',
    reference: 'Referencia {reference}',
    notChecked: 'sin comprobar',
  },
  page: {
    title: 'Comprueba tu conexión',
    intro:
      'Aquí se prueba todo lo que necesita una llamada, en medio minuto más o menos. Se abren un momento tu micrófono y tu cámara, suenan tres notas y se envían hasta 4 MB de datos de prueba en cada sentido. Nadie te ve ni te oye.',
    results: 'Resultados',
  },
  actions: {
    start: 'Iniciar la comprobación',
    stop: 'Detener la comprobación',
    again: 'Iniciar otra vez',
    copy: 'Copiar el informe',
    copied: 'Informe copiado',
    notCopied: 'No se ha copiado',
  },
  marks: {
    pending: 'en espera',
    running: 'en curso',
    well: 'funciona',
    wrong: 'tiene un problema',
    skipped: 'sin probar',
  },
  status: {
    starting: 'Iniciando…',
    trying: 'Probando: {name}…',
    stopped: 'Detenida antes del final.',
    done: '{count, plural, =0 {Todo funciona.} one {Una cosa tiene un problema. Abajo verás qué hacer.} many {# cosas tienen un problema. Abajo verás qué hacer.} other {# cosas tienen un problema. Abajo verás qué hacer.}}',
  },
} satisfies Translation<typeof english>;
