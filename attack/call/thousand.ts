import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { CallOfFour } from '../../tests/harness/browser/call-of-four.ts';
import type { CallPage } from '../../tests/harness/browser/pages.ts';
import { expectAllSeeEachOther } from '../../tests/harness/browser/people.ts';
import { atLeast, atMost, mustBe, type Attack, type Finding, type Servers } from '../frame/attack.ts';
import { HonestPair, p95 } from '../frame/honest-pair.ts';
import { Visitor } from '../frame/visitor.ts';
import { RawTransport } from '../signaling/raw-transport.ts';
import { CpuMeter } from './cpu.ts';

const CONNECTIONS = 1_000;
const FLOOD_MS = { full: 60_000, small: 3_000 };
const CLICK_MAX_MS = 200;
const CPU_MAX_PERCENT = 60;
/** Packets of each connection in each round: more than any of them may send for long. */
const PACKETS = 20;

const SERVERS: Servers<CallOfFour> = {
  start: () => CallOfFour.start(),
  stop: (call) => call.stop(),
};

/** A guest with the link of the call, who opens connections again as soon as they are closed. */
class Guest {
  readonly #visitor: Visitor;
  readonly #token: string;
  readonly #transports = new Set<RawTransport>();
  opened = 0;
  sent = 0;

  constructor(visitor: Visitor, token: string) {
    this.#visitor = visitor;
    this.#token = token;
  }

  async flood(untilMs: number): Promise<void> {
    while (performance.now() < untilMs) {
      await this.#open(Math.min(50, CONNECTIONS - this.#transports.size));
      for (const transport of this.#transports) this.#send(transport);
      await delay(10);
    }
  }

  close(): void {
    for (const transport of this.#transports) transport.close();
  }

  async #open(count: number): Promise<void> {
    await Promise.all(
      Array.from({ length: count }, async () => {
        const transport = await RawTransport.open(this.#visitor).catch(() => undefined);
        if (transport === undefined) return;
        this.opened += 1;
        this.#transports.add(transport);
        transport.webSocket.once('close', () => this.#transports.delete(transport));
        transport.send(`40${JSON.stringify({ token: this.#token })}`);
      }),
    );
  }

  #send(transport: RawTransport): void {
    for (let packets = 0; packets < PACKETS; packets += 1) {
      this.sent += 1;
      transport.send('421["peer:react",{"reaction":"clap"}]');
    }
  }
}

export const THOUSAND: Attack<CallOfFour> = {
  name: 'thousand',
  description: 'A guest with a thousand connections floods a call of four people in Chromium.',
  servers: SERVERS,
  async run({ room, people }, scale): Promise<Finding[]> {
    const { launcher, code } = room;
    await expectAllSeeEachOther(people);
    const honest = await HonestPair.join(launcher);
    const visitor = new Visitor(launcher);
    const guest = new Guest(visitor, await visitor.token(code));
    const cpu = new CpuMeter(launcher.pid('signaling'));
    const until = performance.now() + FLOOD_MS[scale];
    const [, clicks] = await Promise.all([guest.flood(until), clickUntil(people[0], until)]);
    const percent = cpu.percent;
    const noticed = await honest.findings(scale);
    guest.close();
    await expectAllSeeEachOther(people);
    const timed =
      scale === 'full'
        ? [
            atMost('a click in the page of the call is answered, p95', p95(clicks), CLICK_MAX_MS, 'ms'),
            atMost('signaling uses of its core', percent, CPU_MAX_PERCENT, '%'),
          ]
        : [];
    return [
      atLeast('connections that were opened', guest.opened, 100),
      atLeast('packets that were sent', guest.sent, 1_000),
      atLeast('clicks in the page', clicks.length, 1),
      mustBe('people who see each other afterwards', people.length, 4),
      ...timed,
      ...noticed,
    ];
  },
};

/** Opens and closes the list of people. Returns how long each took, in milliseconds. */
async function clickUntil(page: CallPage, until: number): Promise<number[]> {
  const took: number[] = [];
  do {
    took.push(
      await page.page.evaluate(async () => {
        const button = [...document.querySelectorAll('button')].find(
          (one) => one.getAttribute('aria-label') === 'People',
        );
        if (!button) throw new Error('the page has no button for the list of people');
        const before = button.getAttribute('aria-expanded');
        const startedAt = performance.now();
        button.click();
        while (button.getAttribute('aria-expanded') === before)
          await new Promise((resolve) => requestAnimationFrame(resolve));
        return performance.now() - startedAt;
      }),
    );
    await delay(500);
  } while (performance.now() < until);
  return took;
}
