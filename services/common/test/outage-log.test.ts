import { expect, test } from '@jest/globals';
import { OutageLog, type Logger } from '../src/logging/index.ts';

type Line = { level: string; msg: string; failures?: number };

function logged(reminderMs?: number): { log: OutageLog; lines: Line[] } {
  const lines: Line[] = [];
  const write = (level: string) => (fields: object, msg: string) => lines.push({ level, msg, ...fields });
  const logger = { warn: write('warn'), info: write('info') } as unknown as Logger;
  const log = new OutageLog({ message: 'not done', logger, ...(reminderMs !== undefined && { reminderMs }) });
  return { log, lines };
}

test('work that fails each time has one line, and one when it works again', () => {
  const { log, lines } = logged();
  log.worked();
  for (let count = 0; count < 100; count += 1) log.failed(new Error('away'));
  expect(lines).toMatchObject([{ level: 'warn', msg: 'not done', failures: 1 }]);
  log.worked();
  log.worked();
  expect(lines).toMatchObject([{}, { level: 'info', msg: 'works again', failures: 100 }]);
  log.failed(new Error('away again'));
  expect(lines).toHaveLength(3);
});

test('an outage that goes on is logged again with the number of failures', () => {
  const { log, lines } = logged(0);
  log.failed(new Error('away'));
  log.failed(new Error('away'));
  expect(lines.map(({ failures }) => failures)).toEqual([1, 2]);
});
