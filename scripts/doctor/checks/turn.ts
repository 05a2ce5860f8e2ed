import { answersAsTurn, parseTurnUrl, type TurnDoor } from '@parley/common/ice';
import { CallProbe } from '../call-probe.ts';
import { skipped, verdict, type Check } from '../finding.ts';

const ANSWER_TIMEOUT_MS = 3_000;

/** Asks each TURN server that people receive, over each transport. */
export const turn: Check = {
  title: 'TURN',
  async run({ origin }) {
    if (origin === undefined) return skipped('no address is known; give one with --url');
    const probe = await CallProbe.join(origin).catch(() => undefined);
    if (probe === undefined) return skipped('a call cannot be joined');
    await probe.leave();
    const doors = probe.iceServers.flatMap(({ urls }) => urls).flatMap((url) => parseTurnUrl(url) ?? []);
    if (doors.length === 0)
      return skipped('no TURN server is set up: people whose network lets out only the web cannot be seen');
    const asked = await Promise.all(
      doors.map(async (door) => ({ door, answers: await answersAsTurn(door, ANSWER_TIMEOUT_MS) })),
    );
    return judgeTurn(asked, Number(new URL(origin).port || 443));
  },
};

type Asked = { readonly door: TurnDoor; readonly answers: boolean };

/**
 * A server behind a NAT may be unable to reach its own public address. So a transport is at fault only if no address of the list
 * answers over it.
 */
function judgeTurn(asked: readonly Asked[], httpsPort: number) {
  const words = asked.map(
    ({ door, answers }) => `${wordsOf(door)}${answers ? '' : ' (no answer from here)'}`,
  );
  const kinds = new Map(asked.map(({ door }) => [kindOf(door), door]));
  const silent = [...kinds].filter(
    ([kind]) => !asked.some(({ door, answers }) => kindOf(door) === kind && answers),
  );
  const findings = silent.map(([, door]) => ({
    code: 'turn' as const,
    what: `No TURN server answers at ${wordsOf(door)}. People behind strict firewalls cannot be seen or heard.`,
    fix:
      door.port === httpsPort
        ? 'Check that the edge passes TURN on from the port of https (EDGE_TURN), that no other proxy ends TLS before it, and that coturn runs.'
        : `Check that coturn runs, and open ${door.transport === 'udp' ? 'UDP' : 'TCP'} ${door.port} in the firewall.`,
  }));
  return verdict(findings, `answers at ${words.join(', ')}`);
}

const kindOf = ({ transport, port }: TurnDoor): string => `${transport} ${port}`;

function wordsOf({ host, port, transport }: TurnDoor): string {
  return `${transport.toUpperCase()} ${port} of ${host}`;
}
