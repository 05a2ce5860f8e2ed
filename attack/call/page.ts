import { setTimeout as delay } from 'node:timers/promises';
import { HostedRoom } from '../../tests/harness/browser/hosted-room.ts';
import { joinAs } from '../../tests/harness/browser/people.ts';
import { expectMoving } from '../../tests/harness/browser/playback.ts';
import type { CallPage } from '../../tests/harness/browser/pages.ts';
import { RoomFlood } from '../../tests/harness/peer/room-flood.ts';
import { atLeast, atMost, mustBe, type Attack, type Finding, type Servers } from '../frame/attack.ts';
import { p95 } from '../frame/honest-pair.ts';
import { Visitor } from '../frame/visitor.ts';
import { longestFrame, longestTask, pressTimed, startStopwatch, type Control } from './stopwatch.ts';

/** Turns of the flood, twenty in a second. */
const TURNS = { full: 800, small: 60 };
const LEAVES = { full: 10, small: 1 };
/** How often each control is pressed before the flood, to compare. */
const CALM_ROUNDS = { full: 5, small: 1 };
const LEAVE_MAX_MS = 100;
const CLICK_MAX_MS = 200;
const PAUSE_MS = 300;

const SERVERS: Servers<HostedRoom> = {
  start: () => HostedRoom.start({ env: { RATE_LIMIT_FACTOR: '0' } }),
  stop: (room) => room.stop(),
};

type Taken = Record<Control, number[]>;

const noneTaken = (): Taken => ({ Chat: [], People: [], Microphone: [], Leave: [] });

export const PAGE: Attack<HostedRoom> = {
  name: 'page',
  description:
    'Ten guests write, clap, rename themselves and raise hands in a call as fast as its room lets them.',
  servers: SERVERS,
  async run({ browser, launcher, code }, scale): Promise<Finding[]> {
    const ada = await joinAs(browser, code, 'Ada');
    await joinAs(browser, code, 'Bela');
    await expectMoving(ada.video('Bela'));
    await startStopwatch(ada.page);
    const calm = noneTaken();
    for (let rounds = 0; rounds < CALM_ROUNDS[scale]; rounds += 1) await pressAll(ada, calm);
    const flood = await RoomFlood.begin((name) => new Visitor(launcher).join(code, name));
    await flood.burst();
    const flooding = { on: true };
    const sending = flood.steady(TURNS[scale]).finally(() => {
      flooding.on = false;
    });
    const taken = noneTaken();
    // The last presses meet the list with all messages that have come.
    while (flooding.on) await pressAll(ada, taken);
    const longest = { ms: await longestTask(ada.page), frame: await longestFrame(ada.page) };
    await sending;
    for (let leaves = 0; leaves < LEAVES[scale]; leaves += 1) await leaveAndReturn(ada, flood, taken);
    await expectMoving(ada.video('Bela'));
    flood.close();
    return [
      atLeast('messages that the room took', flood.messages.length, 40),
      atLeast('reactions, names and hands that it took', flood.total - flood.messages.length, 100),
      atLeast('presses of Leave', taken.Leave.length, 1),
      mustBe('errors of the page', ada.tab.problems.join('; ') || 'none', 'none'),
      ...(scale === 'full' ? timed(taken, calm, longest) : []),
    ];
  },
};

function timed(taken: Taken, calm: Taken, longest: { ms: number; frame: string }): Finding[] {
  const before = (control: Control) => `p95 (before the flood: ${p95(calm[control]).toFixed(0)} ms)`;
  return [
    atMost('Leave shows its page, p95', p95(taken.Leave), LEAVE_MAX_MS, 'ms'),
    atMost(`the microphone answers, ${before('Microphone')}`, p95(taken.Microphone), CLICK_MAX_MS, 'ms'),
    atMost(`the chat opens or closes, ${before('Chat')}`, p95(taken.Chat), CLICK_MAX_MS, 'ms'),
    atMost(`the list of people opens or closes, ${before('People')}`, p95(taken.People), CLICK_MAX_MS, 'ms'),
    atMost(`the longest task of the page (longest frame ${longest.frame})`, longest.ms, CLICK_MAX_MS, 'ms'),
  ];
}

/** Opens and closes both panels, mutes and unmutes. The chat stays open a while in between, as for somebody who reads. */
async function pressAll({ page }: CallPage, taken: Taken): Promise<void> {
  for (const control of ['Chat', 'Microphone', 'Chat', 'People', 'Microphone', 'People'] as const) {
    taken[control].push(await pressTimed(page, control));
    await delay(PAUSE_MS);
  }
}

/** Leaves with the chat open, in the middle of a burst, and comes back. */
async function leaveAndReturn(ada: CallPage, flood: RoomFlood, taken: Taken): Promise<void> {
  await ada.openChat();
  const burst = flood.burst();
  taken.Leave.push(await pressTimed(ada.page, 'Leave'));
  await burst;
  await ada.press('Rejoin');
  await ada.waitUntilJoined();
}
