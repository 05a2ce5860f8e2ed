export default {
  titles: {
    origin: 'Secure address',
    server: 'Server',
    clock: 'Clock',
    websocket: 'WebSocket',
    udp: 'Media over UDP',
    tcp: 'Media over TCP',
    ipv6: 'Media over IPv6',
    relay: 'Media over TURN',
    web: 'Media beside https',
    address: 'Media address',
    bandwidth: 'Bandwidth',
    microphone: 'Microphone',
    camera: 'Camera',
    speaker: 'Speaker',
  },
  fine: {
    origin: 'Browsers allow camera and microphone here.',
    server: 'It answers.',
    clock: 'It agrees with this device.',
    websocket: 'It opens, and a call can be joined.',
    udp: 'It works, through {port}.',
    tcp: 'It works, through {port}.',
    ipv6: 'It works, through {port}.',
    relay: 'It works: people behind strict firewalls can join.',
    web: 'It works: people whose network lets out only web pages can join.',
    address: 'Media goes to {addresses}, which can be reached.',
    addressRelayed: '{addresses} can be reached only through TURN.',
    bandwidth: 'It is enough.',
    microphone: 'It works.',
    camera: 'It works.',
    speaker:
      'Three notes were played. If you did not hear them, choose another speaker in the settings of your device.',
  },
  findings: {
    'insecure-origin': 'Camera and microphone need a secure address.',
    edge: 'The server cannot be reached.',
    'sign-in': 'Your network answers with its own page: it wants you to sign in first.',
    clock:
      "The server's clock is {seconds} s {direction, select, ahead {ahead of} other {behind}} this device's.",
    'no-clock': 'The server did not send its time.',
    call: 'A call cannot be joined: {title} ({code}).',
    websocket: 'A WebSocket to /socket.io/ does not open. Calls work, but more slowly.',
    'udp-port':
      'UDP {port} does not answer. Sound and video then use TCP, and stutter when packets are lost.',
    'tcp-port':
      'TCP {port} does not answer. People behind firewalls that block UDP need a TURN server to get in.',
    relay: 'The TURN server does not carry media. People behind strict firewalls cannot join.',
    web: 'TURN does not answer on the port of https. People whose network lets out only web pages cannot join.',
    'no-ipv6': 'The server offers no IPv6 address. People who have only IPv6 need TURN to join.',
    'no-ipv6-here':
      'IPv6 does not get from here to {addresses}. Nothing is wrong if another path works: most networks have only IPv4.',
    'no-web':
      'TURN is not offered on the port of https. People whose network lets out only web pages cannot join.',
    'no-candidate': 'The server does not offer {protocol}.',
    'no-turn': 'No TURN server is set up here, so there is nothing to try.',
    'announced-address':
      'Browsers have to send media to {addresses}, {reach, select, loopback {which only the server itself can reach} other {and no media port answers there, neither over UDP nor over TCP}}.',
    'no-path': 'Nothing could be sent: no connection for media was made.',
    slow: 'The connection is slow.',
    loss: 'Packets are lost, so sound and video stutter.',
    device: '{title}.',
    'no-answer': 'The browser asked for permission and got no answer.',
    'no-speaker': 'No sound could be played.',
    'unknown-speakers':
      'This browser does not say whether there is one. Three notes were played; you should have heard them.',
    'needs-secure-origin': 'Not tried: it needs a secure address.',
    'needs-call': 'Not tried: a call cannot be joined.',
    internal: 'This part of the check failed.',
  },
  fixes: {
    'insecure-origin':
      'Open the https:// address of this server; browsers allow devices only there and on localhost.',
    edge: 'Check your network connection.',
    'sign-in': 'Open another page in a new tab and sign in to the network there, then start the check again.',
    clock: 'Turn on automatic time in the settings of this device.',
    websocket: 'Try without a proxy or content filter.',
    'udp-port': 'Try another network: some block UDP.',
    'announced-address': 'Try another network.',
    slow: 'Move closer to the Wi-Fi or use a cable, stop downloads, or turn your camera off in calls.',
    loss: 'Move closer to the Wi-Fi or use a cable, and stop downloads.',
    'no-answer': 'Start the check again and answer the question of the browser.',
    'no-speaker':
      'Plug in a speaker or headphones, or choose another speaker in the settings of your device, then try again.',
    internal: 'Start the check again.',
  },
  operators: {
    edge: 'For the person who runs this server: check that the gateway runs and that /api/ leads to it.',
    clock:
      'For the person who runs this server: set the clocks by NTP: timedatectl set-ntp true on each machine.',
    call: 'For the person who runs this server: search the logs of signaling and media for the reference below.',
    websocket:
      'For the person who runs this server: the proxy must pass Upgrade and Connection on for /socket.io/ with HTTP/1.1, as nginx/ in this repository does.',
    'udp-port':
      'For the person who runs this server: open UDP {ports} in the firewall and, behind NAT, forward it to the media node.',
    'tcp-port':
      'For the person who runs this server: open TCP {ports} in the firewall and, behind NAT, forward it to the media node.',
    relay:
      'For the person who runs this server: check that TURN_ADDRESSES or TURN_URLS can be reached by browsers, that TURN_SECRET is the same in signaling and in the TURN server, and that its ports are open.',
    web: 'For the person who runs this server: check that the edge passes TURN on (EDGE_TURN), and that no other proxy ends TLS before it.',
    'announced-address':
      'For the person who runs this server: set MEDIA_RTC_ANNOUNCED_ADDRESSES to the addresses of the media node that browsers can reach; check that its media ports are open.',
  },
  port: 'port {ports} of {addresses}',
  unknownAddress: 'an unknown address',
  bandwidth: {
    summary: 'Up {up}, {upEnough}; down {down}, {downEnough}. {loss} lost, {time} there and back.',
    enough: {
      hd: 'enough for HD video',
      video: 'enough for small video',
      audio: 'enough for sound only',
      none: 'not enough for sound',
    },
  },
  report: {
    title: 'Parley connection check of {address}',
    unfinished: 'not finished',
    reference: 'Reference {reference}',
    notChecked: 'not checked',
  },
  page: {
    title: 'Check your connection',
    intro:
      'This tries everything that a call needs, in about half a minute. It opens your microphone and camera for a moment, plays three notes, and sends up to 4 MB of test data each way. Nobody sees or hears you.',
    results: 'Results',
  },
  actions: {
    start: 'Start the check',
    stop: 'Stop the check',
    again: 'Start again',
    copy: 'Copy report',
    copied: 'Report copied',
    notCopied: 'Not copied',
  },
  marks: {
    pending: 'waiting',
    running: 'running',
    well: 'works',
    wrong: 'has a problem',
    skipped: 'not tried',
  },
  status: {
    starting: 'Starting…',
    trying: 'Trying: {name}…',
    stopped: 'Stopped before the end.',
    done: '{count, plural, =0 {Everything works.} one {One thing has a problem. See below what to do.} other {# things have a problem. See below what to do.}}',
  },
} as const;
