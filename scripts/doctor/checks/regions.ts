import { isBindingAnswered } from '@parley/common/ice';
import type { ProbeAddress, Region } from '@parley/proto/regions';
import { ROUTES } from '@parley/proto/rest';
import { skipped, verdict, type Check, type Finding } from '../finding.ts';
import { ask } from '../http.ts';

const ANSWER_TIMEOUT_MS = 3_000;

type Asked = ProbeAddress & { readonly answers: boolean };
type Measured = { readonly name: string; readonly probes: readonly Asked[] };

/** Asks the addresses at which pages measure how far the regions are, as a page does. */
export const regions: Check = {
  title: 'Regions',
  async run({ origin }) {
    if (origin === undefined) return skipped('no address is known; give one with --url');
    const listed = await list(origin);
    if (listed === undefined) return skipped('the address does not say which there are');
    if (listed.length === 0) return skipped('no media node names one');
    const measured = await Promise.all(listed.map(measure));
    return verdict(measured.flatMap(fault), measured.map(wordsOf).join('; '));
  },
};

/** Undefined: there is no answer, or none as the contract has it. */
async function list(origin: string): Promise<readonly Region[] | undefined> {
  try {
    const { body } = await ask(`${origin}${ROUTES.listRegions.path}`);
    return ROUTES.listRegions.response.parse(JSON.parse(body)).regions;
  } catch {
    return undefined;
  }
}

async function measure({ name, probes }: Region): Promise<Measured> {
  const asked = probes.map(async (probe) => ({
    ...probe,
    answers: await isBindingAnswered({ address: probe.host, port: probe.port }, ANSWER_TIMEOUT_MS),
  }));
  return { name, probes: await Promise.all(asked) };
}

/** One address that answers is enough: the others may be for people elsewhere. */
function fault({ name, probes }: Measured): Finding[] {
  if (probes.some(({ answers }) => answers)) return [];
  const ports = [...new Set(probes.map(({ port }) => port))].join(', ');
  return [
    {
      code: 'region-probe',
      what: `Nobody can measure how far the region ${name} is: UDP ${probes.map(addressOf).join(' and ')} does not answer. It counts as far, so people near it get media elsewhere.`,
      fix: `Open UDP ${ports} (MEDIA_PROBE_PORT) in the firewall and, behind NAT, forward it to the media node.`,
    },
  ];
}

function wordsOf({ name, probes }: Measured): string {
  return `${name} answers at ${probes
    .filter(({ answers }) => answers)
    .map(addressOf)
    .join(', ')}`;
}

function addressOf({ host, port }: ProbeAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
