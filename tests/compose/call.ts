// Runs in a network namespace outside of the containers: `node call.ts ORIGIN COUNT [relayed]`. Holds that many calls of two
// people at once, each with sound that arrives, and prints the ICE candidates of the media nodes.
import { TalkingPair } from '../harness/peer/talking-pair.ts';

const [origin = '', count = '1', way] = process.argv.slice(2);

const pairs: TalkingPair[] = [];
for (let made = 0; made < Number(count); made += 1)
  pairs.push(await TalkingPair.create(origin, { isRelayed: way === 'relayed' }));
for (const pair of pairs) await pair.expectUndisturbed();
const candidates = pairs.flatMap(({ talker }) => talker.joined.transports.send.iceCandidates);
process.stdout.write(
  `${JSON.stringify(candidates.map(({ address, port, protocol }) => ({ address, port, protocol })))}\n`,
);
process.exit(0);
