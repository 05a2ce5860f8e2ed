import { randomBytes } from 'node:crypto';
import { skipped, verdict, type Check, type Finding } from '../finding.ts';
import { ask, reasonOf, type Answer } from '../http.ts';

const CLOCK_MAX_SECONDS = 30;

/** Checks that the origin that browsers use leads to the gateway. */
export const edge: Check = {
  title: 'Address',
  async run({ origin }) {
    if (origin === undefined) return skipped('no address is known; give one with --url');
    const answer = await ask(`${origin}/api/healthz`).catch((error: unknown) => reasonOf(error));
    if (typeof answer !== 'string' && answer.status === 200) return verdict([], `${origin} answers`);
    return verdict([edgeFault(origin, answer)], '');
  },
};

function edgeFault(origin: string, answer: Answer | string): Finding {
  if (typeof answer === 'string') {
    return {
      code: 'edge',
      what: `${origin} cannot be reached (${answer}).`,
      fix: 'Start Parley; check the name, the port and the firewall before it.',
    };
  }
  if (answer.status === 421) {
    return {
      code: 'edge',
      what: `The edge at ${origin} does not know this name.`,
      fix: `If it is a name of this server: EDGE_NAMES=${new URL(origin).hostname}.`,
    };
  }
  return {
    code: 'edge',
    what: `${origin}/api/healthz answers ${answer.status} instead of 200.`,
    fix: 'The proxy does not find the gateway: check that the gateway runs and that /api/ leads to it.',
  };
}

/**
 * Compares the clocks. Join tokens and TURN credentials are valid for minutes: with clocks that differ they are
 * expired, or not yet valid.
 */
export const clock: Check = {
  title: 'Clock',
  async run({ origin }) {
    if (origin === undefined) return skipped('no address is known; give one with --url');
    const answer = await ask(`${origin}/api/healthz`).catch(() => undefined);
    const there = Date.parse(answer?.headers.date ?? '');
    if (Number.isNaN(there)) return skipped('the answer has no time in it');
    const seconds = Math.round((there - Date.now()) / 1_000);
    if (Math.abs(seconds) <= CLOCK_MAX_SECONDS) return verdict([], 'agrees with this machine');
    const finding: Finding = {
      code: 'clock',
      what: `The server's clock is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} this machine's. Join tokens and TURN credentials would be refused.`,
      fix: 'Set the clocks by NTP: `timedatectl set-ntp true` on each machine.',
    };
    return verdict([finding], '');
  },
};

/** Checks that the proxies on the way pass WebSockets on to signaling. */
export const websocket: Check = {
  title: 'WebSocket',
  async run({ origin }) {
    if (origin === undefined) return skipped('no address is known; give one with --url');
    const headers = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      origin,
      'sec-websocket-version': '13',
      'sec-websocket-key': randomBytes(16).toString('base64'),
    };
    const url = `${origin}/socket.io/?EIO=4&transport=websocket`;
    const answer = await ask(url, { headers }).catch((error: unknown) => reasonOf(error));
    if (typeof answer !== 'string' && answer.upgraded) return verdict([], 'reaches signaling');
    return verdict([websocketFault(answer)], '');
  },
};

function websocketFault(answer: Answer | string): Finding {
  const what = (reason: string) => `A WebSocket to /socket.io/ is not opened (${reason}).`;
  if (typeof answer === 'string')
    return { code: 'websocket', what: what(answer), fix: 'Check that signaling runs.' };
  if (answer.status === 403) {
    return {
      code: 'websocket',
      what: what('signaling refuses this origin'),
      fix: 'Add the address that browsers use to ALLOWED_ORIGINS of signaling.',
    };
  }
  return {
    code: 'websocket',
    what: what(`answer ${answer.status}`),
    fix: 'The proxy must pass `Upgrade` and `Connection` on for /socket.io/ with HTTP/1.1, as nginx/ in this repository does.',
  };
}
