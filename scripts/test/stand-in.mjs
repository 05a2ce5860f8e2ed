// A tiny real service for the tests of the supervisor. Its environment sets how it behaves.
import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import process from 'node:process';

const {
  STAND_IN_NAME: name,
  STAND_IN_PORT: port,
  STAND_IN_EVENTS: events,
  STAND_IN_BEHAVIOUR: behaviour,
} = process.env;

/** @param {string} event */
const note = (event) => appendFileSync(String(events), `${name} ${event}\n`);

note('started');
if (behaviour === 'fails') {
  process.stderr.write('cannot open the thing\n');
  process.exit(1);
}
if (behaviour === 'misconfigured') {
  process.stderr.write(
    `${JSON.stringify({ level: 'fatal', time: 1, pid: 2, msg: 'invalid configuration', THING: 'missing' })}\n`,
  );
  process.exit(78);
}
if (behaviour === 'stubborn') {
  // Neither this process nor its child obeys; only a kill of the whole group ends them.
  const child = spawn(
    process.execPath,
    ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)'],
    { stdio: 'ignore' },
  );
  note(`child ${child.pid}`);
}
process.on('SIGTERM', () => {
  note('asked to stop');
  if (behaviour !== 'stubborn') process.exit(0);
});
createServer((_request, response) => response.end('ok')).listen(Number(port), '127.0.0.1', () =>
  note('listens'),
);
