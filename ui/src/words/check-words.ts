import { levelDown, levelUp, type BandwidthLevel } from '../call/check/bandwidth-level.ts';
import type { Bandwidth, CheckCode, CheckFacts, CheckName, CheckResult } from '../call/check/check.ts';
import { bitrate, milliseconds, percent } from '../format/measures.ts';
import type { Words } from '../languages/words.ts';
import { deviceErrorWords } from './device-words.ts';
import { errorWords } from './error-words.ts';

/** The finding, and the fix; null if there is nothing to fix. */
export type CheckWords = { finding: string; fix: string | null };

export const CHECK_TITLES: Record<CheckName, string> = {
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
};

/** The finding if nothing is wrong. */
const FINE: Record<CheckName, (facts: CheckFacts, words: Words) => string> = {
  origin: () => 'Browsers allow camera and microphone here.',
  server: () => 'It answers.',
  clock: () => 'It agrees with this device.',
  websocket: () => 'It opens, and a call can be joined.',
  udp: (facts) => `It works, through ${portsAt(facts)}.`,
  tcp: (facts) => `It works, through ${portsAt(facts)}.`,
  ipv6: (facts) => `It works, through ${portsAt(facts)}.`,
  relay: () => 'It works: people behind strict firewalls can join.',
  web: () => 'It works: people whose network lets out only web pages can join.',
  address: ({ addresses, relayed }) =>
    relayed === true
      ? `${list(addresses)} can be reached only through TURN.`
      : `Media goes to ${list(addresses)}, which can be reached.`,
  bandwidth: ({ bandwidth }, words) =>
    bandwidth === undefined ? 'It is enough.' : bandwidthWords(words, bandwidth),
  microphone: () => 'It works.',
  camera: () => 'It works.',
  speaker: () =>
    'Three notes were played. If you did not hear them, choose another speaker in the settings of your device.',
};

const FOR_OPERATORS = 'For the person who runs this server: ';

type Explain = (facts: CheckFacts, name: CheckName, words: Words) => CheckWords;

const WORDS: Record<Exclude<CheckCode, 'fine'>, Explain> = {
  'insecure-origin': () => ({
    finding: 'Camera and microphone need a secure address.',
    fix: 'Open the https:// address of this server; browsers allow devices only there and on localhost.',
  }),
  edge: () => ({
    finding: 'The server cannot be reached.',
    fix: `Check your network connection. ${FOR_OPERATORS}check that the gateway runs and that /api/ leads to it.`,
  }),
  'sign-in': () => ({
    finding: 'Your network answers with its own page: it wants you to sign in first.',
    fix: 'Open another page in a new tab and sign in to the network there, then start the check again.',
  }),
  clock: ({ secondsAhead = 0 }) => ({
    finding: `The server's clock is ${Math.abs(secondsAhead)} s ${secondsAhead > 0 ? 'ahead of' : 'behind'} this device's.`,
    fix: `Turn on automatic time in the settings of this device. ${FOR_OPERATORS}set the clocks by NTP: timedatectl set-ntp true on each machine.`,
  }),
  'no-clock': () => ({ finding: 'The server did not send its time.', fix: null }),
  call: ({ error = 'internal' }, _name, words) => {
    const { title, advice } = errorWords(words, { code: error, message: error, traceId: null });
    return {
      finding: `A call cannot be joined: ${title.toLowerCase()} (${error}).`,
      fix: `${advice} ${FOR_OPERATORS}search the logs of signaling and media for the reference below.`,
    };
  },
  websocket: () => ({
    finding: 'A WebSocket to /socket.io/ does not open. Calls work, but more slowly.',
    fix: `Try without a proxy or content filter. ${FOR_OPERATORS}the proxy must pass Upgrade and Connection on for /socket.io/ with HTTP/1.1, as nginx/ in this repository does.`,
  }),
  'udp-port': (facts) => ({
    finding: `UDP ${portsAt(facts)} does not answer. Sound and video then use TCP, and stutter when packets are lost.`,
    fix: `Try another network: some block UDP. ${FOR_OPERATORS}open UDP ${list(facts.ports)} in the firewall and, behind NAT, forward it to the media node.`,
  }),
  'tcp-port': (facts) => ({
    finding: `TCP ${portsAt(facts)} does not answer. People behind firewalls that block UDP need a TURN server to get in.`,
    fix: `${FOR_OPERATORS}open TCP ${list(facts.ports)} in the firewall and, behind NAT, forward it to the media node.`,
  }),
  relay: () => ({
    finding: 'The TURN server does not carry media. People behind strict firewalls cannot join.',
    fix: `${FOR_OPERATORS}check that TURN_ADDRESSES or TURN_URLS can be reached by browsers, that TURN_SECRET is the same in signaling and in the TURN server, and that its ports are open.`,
  }),
  web: () => ({
    finding:
      'TURN does not answer on the port of https. People whose network lets out only web pages cannot join.',
    fix: `${FOR_OPERATORS}check that the edge passes TURN on (EDGE_TURN), and that no other proxy ends TLS before it.`,
  }),
  'no-ipv6': () => ({
    finding: 'The server offers no IPv6 address. People who have only IPv6 need TURN to join.',
    fix: null,
  }),
  'no-ipv6-here': ({ addresses }) => ({
    finding: `IPv6 does not get from here to ${list(addresses)}. Nothing is wrong if another path works: most networks have only IPv4.`,
    fix: null,
  }),
  'no-web': () => ({
    finding:
      'TURN is not offered on the port of https. People whose network lets out only web pages cannot join.',
    fix: null,
  }),
  'no-candidate': (_facts, name) => ({
    finding: `The server does not offer ${name.toUpperCase()}.`,
    fix: null,
  }),
  'no-turn': () => ({ finding: 'No TURN server is set up here, so there is nothing to try.', fix: null }),
  'announced-address': ({ addresses, loopback }) => ({
    finding: `Browsers have to send media to ${list(addresses)}, ${
      loopback === true
        ? 'which only the server itself can reach'
        : 'and no media port answers there, neither over UDP nor over TCP'
    }.`,
    fix: `Try another network. ${FOR_OPERATORS}set MEDIA_RTC_ANNOUNCED_ADDRESSES to the addresses of the media node that browsers can reach; check that its media ports are open.`,
  }),
  'no-path': () => ({ finding: 'Nothing could be sent: no connection for media was made.', fix: null }),
  slow: ({ bandwidth }, _name, words) => ({
    finding: bandwidth === undefined ? 'The connection is slow.' : bandwidthWords(words, bandwidth),
    fix: 'Move closer to the Wi-Fi or use a cable, stop downloads, or turn your camera off in calls.',
  }),
  loss: ({ bandwidth }, _name, words) => ({
    finding: `Packets are lost, so sound and video stutter. ${bandwidth === undefined ? '' : bandwidthWords(words, bandwidth)}`,
    fix: 'Move closer to the Wi-Fi or use a cable, and stop downloads.',
  }),
  device: ({ error = 'device_failed' }, name, words) => {
    const device = name === 'camera' ? 'camera' : 'microphone';
    const { title, advice } = deviceErrorWords(words, device, { code: error, message: error, traceId: null });
    return { finding: `${title}.`, fix: advice };
  },
  'no-answer': () => ({
    finding: 'The browser asked for permission and got no answer.',
    fix: 'Start the check again and answer the question of the browser.',
  }),
  'no-speaker': () => ({
    finding: 'No sound could be played.',
    fix: 'Plug in a speaker or headphones, or choose another speaker in the settings of your device, then try again.',
  }),
  'unknown-speakers': () => ({
    finding:
      'This browser does not say whether there is one. Three notes were played; you should have heard them.',
    fix: null,
  }),
  'needs-secure-origin': () => ({ finding: 'Not tried: it needs a secure address.', fix: null }),
  'needs-call': () => ({ finding: 'Not tried: a call cannot be joined.', fix: null }),
  internal: () => ({ finding: 'This part of the check failed.', fix: 'Start the check again.' }),
};

export function checkWords(words: Words, name: CheckName, { code, facts }: CheckResult): CheckWords {
  if (code === 'fine') return { finding: FINE[name](facts, words), fix: null };
  return WORDS[code](facts, name, words);
}

const ENOUGH: Record<BandwidthLevel, string> = {
  hd: 'enough for HD video',
  video: 'enough for small video',
  audio: 'enough for sound only',
  none: 'not enough for sound',
};

function bandwidthWords(words: Words, bandwidth: Bandwidth): string {
  const { up, down, lossUp, lossDown, roundTripMs } = bandwidth;
  const upWords = `Up ${bitrate(words, up)}, ${ENOUGH[levelUp(bandwidth)]}`;
  const downWords = `down ${bitrate(words, down)}, ${ENOUGH[levelDown(bandwidth)]}`;
  const loss = percent(words, Math.max(lossUp, lossDown));
  return `${upWords}; ${downWords}. ${loss} lost, ${milliseconds(words, roundTripMs)} there and back.`;
}

function portsAt({ addresses, ports }: CheckFacts): string {
  return `port ${list(ports)} of ${list(addresses)}`;
}

function list(items: readonly (string | number)[] = []): string {
  return items.join(', ') || 'an unknown address';
}
