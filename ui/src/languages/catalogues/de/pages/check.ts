import type english from '../../en/pages/check.ts';
import type { Translation } from '../../../translation.ts';

export default {
  titles: {
    origin: 'Sichere Adresse',
    server: 'Server',
    clock: 'Uhr',
    websocket: 'WebSocket',
    udp: 'Medien über UDP',
    tcp: 'Medien über TCP',
    ipv6: 'Medien über IPv6',
    relay: 'Medien über TURN',
    web: 'Medien neben https',
    address: 'Adresse für Medien',
    bandwidth: 'Bandbreite',
    microphone: 'Mikrofon',
    camera: 'Kamera',
    speaker: 'Lautsprecher',
  },
  fine: {
    origin: 'Browser erlauben hier Kamera und Mikrofon.',
    server: 'Er antwortet.',
    clock: 'Sie stimmt mit diesem Gerät überein.',
    websocket: 'Er öffnet sich, und die Teilnahme an einem Anruf klappt.',
    udp: 'Funktioniert über {port}.',
    tcp: 'Funktioniert über {port}.',
    ipv6: 'Funktioniert über {port}.',
    relay: 'Funktioniert: Auch wer hinter einer strengen Firewall sitzt, kann teilnehmen.',
    web: 'Funktioniert: Auch wer nur Webseiten erreicht, kann teilnehmen.',
    address: 'Medien gehen an {addresses}. Das ist erreichbar.',
    addressRelayed: '{addresses} ist nur über TURN erreichbar.',
    bandwidth: 'Sie reicht aus.',
    microphone: 'Funktioniert.',
    camera: 'Funktioniert.',
    speaker:
      'Drei Töne wurden abgespielt. Wenn du sie nicht gehört hast, wähle in den Einstellungen deines Geräts einen anderen Lautsprecher.',
  },
  findings: {
    'insecure-origin': 'Kamera und Mikrofon brauchen eine sichere Adresse.',
    edge: 'Der Server ist nicht erreichbar.',
    'sign-in': 'Dein Netzwerk antwortet mit einer eigenen Seite: Du sollst dich dort zuerst anmelden.',
    clock:
      'Die Uhr des Servers geht gegenüber diesem Gerät {seconds} s {direction, select, ahead {vor} other {nach}}.',
    'no-clock': 'Der Server hat seine Uhrzeit nicht gesendet.',
    call: 'Die Teilnahme an einem Anruf klappt nicht: {title} ({code}).',
    websocket: 'Ein WebSocket zu /socket.io/ öffnet sich nicht. Anrufe funktionieren, aber langsamer.',
    'udp-port':
      'UDP {port} antwortet nicht. Ton und Video laufen dann über TCP und stocken, wenn Pakete verloren gehen.',
    'tcp-port':
      'TCP {port} antwortet nicht. Wer hinter einer Firewall sitzt, die UDP sperrt, braucht einen TURN-Server.',
    relay:
      'Der TURN-Server überträgt keine Medien. Wer hinter einer strengen Firewall sitzt, kann nicht teilnehmen.',
    web: 'TURN antwortet nicht auf dem Port von https. Wer nur Webseiten erreicht, kann nicht teilnehmen.',
    'no-ipv6': 'Der Server bietet keine IPv6-Adresse an. Wer nur IPv6 hat, braucht TURN, um teilzunehmen.',
    'no-ipv6-here':
      'IPv6 kommt von hier nicht bis {addresses}. Wenn ein anderer Weg funktioniert, ist alles in Ordnung: Die meisten Netzwerke haben nur IPv4.',
    'no-web':
      'TURN wird auf dem Port von https nicht angeboten. Wer nur Webseiten erreicht, kann nicht teilnehmen.',
    'no-candidate': 'Der Server bietet {protocol} nicht an.',
    'no-turn': 'Hier ist kein TURN-Server eingerichtet, also gibt es nichts zu prüfen.',
    'announced-address':
      'Browser müssen Medien an {addresses} senden. {reach, select, loopback {Das erreicht nur der Server selbst} other {Dort antwortet kein Medien-Port, weder über UDP noch über TCP}}.',
    'no-path': 'Nichts konnte gesendet werden: Es kam keine Verbindung für Medien zustande.',
    slow: 'Die Verbindung ist langsam.',
    loss: 'Pakete gehen verloren, darum stocken Ton und Video.',
    device: '{title}.',
    'no-answer': 'Der Browser hat um Erlaubnis gefragt und keine Antwort bekommen.',
    'no-speaker': 'Es konnte kein Ton abgespielt werden.',
    'unknown-speakers':
      'Dieser Browser verrät nicht, ob es einen gibt. Drei Töne wurden abgespielt; du solltest sie gehört haben.',
    'needs-secure-origin': 'Nicht geprüft: Es braucht eine sichere Adresse.',
    'needs-call': 'Nicht geprüft: Die Teilnahme an einem Anruf klappt nicht.',
    internal: 'Dieser Teil der Prüfung ist fehlgeschlagen.',
  },
  fixes: {
    'insecure-origin':
      'Öffne die https://-Adresse dieses Servers; Browser erlauben Geräte nur dort und auf localhost.',
    edge: 'Prüfe deine Netzwerkverbindung.',
    'sign-in':
      'Öffne eine andere Seite in einem neuen Tab, melde dich dort beim Netzwerk an und starte die Prüfung dann noch einmal.',
    clock: 'Schalte in den Einstellungen dieses Geräts die automatische Uhrzeit ein.',
    websocket: 'Versuche es ohne Proxy oder Inhaltsfilter.',
    'udp-port': 'Versuche ein anderes Netzwerk: Manche sperren UDP.',
    'announced-address': 'Versuche ein anderes Netzwerk.',
    slow: 'Geh näher ans WLAN oder nimm ein Kabel, halte Downloads an oder schalte in Anrufen deine Kamera aus.',
    loss: 'Geh näher ans WLAN oder nimm ein Kabel, und halte Downloads an.',
    'no-answer': 'Starte die Prüfung noch einmal und beantworte die Frage des Browsers.',
    'no-speaker':
      'Schließe Lautsprecher oder Kopfhörer an, oder wähle in den Einstellungen deines Geräts einen anderen Lautsprecher, und versuche es dann noch einmal.',
    internal: 'Starte die Prüfung noch einmal.',
  },
  operators: {
    edge: 'Für die Person, die diesen Server betreibt: Prüfe, ob das Gateway läuft und /api/ dorthin führt.',
    clock:
      'Für die Person, die diesen Server betreibt: Stelle die Uhren über NTP: timedatectl set-ntp true auf jedem Rechner.',
    call: 'Für die Person, die diesen Server betreibt: Suche in den Logs von signaling und media nach der Referenz unten.',
    websocket:
      'Für die Person, die diesen Server betreibt: Der Proxy muss für /socket.io/ Upgrade und Connection mit HTTP/1.1 weitergeben, wie nginx/ in diesem Repository.',
    'udp-port':
      'Für die Person, die diesen Server betreibt: Öffne UDP {ports} in der Firewall und leite es hinter NAT an den Media-Knoten weiter.',
    'tcp-port':
      'Für die Person, die diesen Server betreibt: Öffne TCP {ports} in der Firewall und leite es hinter NAT an den Media-Knoten weiter.',
    relay:
      'Für die Person, die diesen Server betreibt: Prüfe, ob Browser TURN_ADDRESSES oder TURN_URLS erreichen, ob TURN_SECRET in signaling und im TURN-Server gleich ist und ob dessen Ports offen sind.',
    web: 'Für die Person, die diesen Server betreibt: Prüfe, ob die Edge TURN weitergibt (EDGE_TURN) und kein anderer Proxy davor TLS beendet.',
    'announced-address':
      'Für die Person, die diesen Server betreibt: Setze MEDIA_RTC_ANNOUNCED_ADDRESSES auf die Adressen des Media-Knotens, die Browser erreichen; prüfe, ob seine Medien-Ports offen sind.',
  },
  port: 'Port {ports} von {addresses}',
  unknownAddress: 'einer unbekannten Adresse',
  bandwidth: {
    summary:
      'Senden {up}, {upEnough}; Empfangen {down}, {downEnough}. {loss} verloren, {time} hin und zurück.',
    enough: {
      hd: 'genug für HD-Video',
      video: 'genug für kleines Video',
      audio: 'nur genug für Ton',
      none: 'nicht genug für Ton',
    },
  },
  report: {
    title: 'Parley-Verbindungsprüfung von {address}',
    unfinished: 'nicht beendet',
    reference: 'Referenz {reference}',
    notChecked: 'nicht geprüft',
  },
  page: {
    title: 'Prüfe deine Verbindung',
    intro:
      'Hier wird in etwa einer halben Minute alles ausprobiert, was ein Anruf braucht. Dabei werden kurz Mikrofon und Kamera geöffnet, drei Töne abgespielt und bis zu 4 MB Testdaten in jede Richtung gesendet. Niemand sieht oder hört dich.',
    results: 'Ergebnisse',
  },
  actions: {
    start: 'Prüfung starten',
    stop: 'Prüfung anhalten',
    again: 'Noch einmal starten',
    copy: 'Bericht kopieren',
    copied: 'Bericht kopiert',
    notCopied: 'Nicht kopiert',
  },
  marks: {
    pending: 'wartet',
    running: 'läuft',
    well: 'funktioniert',
    wrong: 'hat ein Problem',
    skipped: 'nicht geprüft',
  },
  status: {
    starting: 'Wird gestartet…',
    trying: 'Wird geprüft: {name}…',
    stopped: 'Vor dem Ende angehalten.',
    done: '{count, plural, =0 {Alles funktioniert.} one {Eine Sache hat ein Problem. Unten steht, was zu tun ist.} other {# Dinge haben ein Problem. Unten steht, was zu tun ist.}}',
  },
} satisfies Translation<typeof english>;
