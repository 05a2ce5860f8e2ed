import { atMost, mustBe, type Finding } from '../../attack/frame/attack.ts';
import { tilesSeen, watchTiles } from '../../tests/harness/browser/tile-watch.ts';
import { secondsUntil } from '../frame/waiting.ts';
import { LAUNCHED, type LaunchedCall, type LaunchedFault } from './launched-call.ts';

const BACK_WITHIN_MS = 30_000;
const TIMES = 5;

/** The page of Bela, who is muted, is loaded again. */
async function reload(call: LaunchedCall, time: number): Promise<Finding[]> {
  const { people } = call;
  const { ada, bela } = people;
  await watchTiles(ada, bela.name);
  await bela.page.reload({ waitUntil: 'commit' });
  const backS = await secondsUntil(() => bela.button('Unmute microphone').isVisible(), BACK_WITHIN_MS);
  // The new page samples nothing yet.
  await people.watch();
  const seenS = backS + (await people.backAfter(BACK_WITHIN_MS));
  const seen = await tilesSeen(ada, bela.name);
  const findings = [
    atMost('the same person is back, muted', backS, 2, 's'),
    atMost('every picture moves', seenS, 4, 's'),
    mustBe(
      'tiles of the person at the other, at least and at most',
      `${seen?.least} and ${seen?.most}`,
      '1 and 1',
    ),
    mustBe('shown leaving', seen?.left, false),
  ];
  return findings.map((finding) => ({ ...finding, what: `time ${time}: ${finding.what}` }));
}

export const F21: LaunchedFault = {
  name: 'F21',
  description: 'the page of a muted person is loaded again, five times',
  ground: LAUNCHED,
  run: async (call) => {
    const findings: Finding[] = [];
    for (let time = 1; time <= TIMES; time += 1) findings.push(...(await reload(call, time)));
    return findings;
  },
};
