import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CallFailure } from '../../../src/call/base/call-failure.ts';
import { DesiredValue } from '../../../src/call/state/desired-value.ts';
import { deferred, settle, waitFor, type Deferred } from '../../support/wait-for.ts';

let sent: string[];
let answers: Deferred<void>[];
let states: string[];
let name: DesiredValue<string>;

beforeEach(() => {
  sent = [];
  answers = [];
  states = [];
  name = new DesiredValue({
    initial: 'Ann',
    send: (value) => {
      sent.push(value);
      const answer = deferred<void>();
      answers.push(answer);
      return answer.promise;
    },
    onChanged: () => states.push(`${name.state.status} ${name.state.value}`),
    retryMs: 1,
  });
});

afterEach(() => name.close());

const accept = (): void => answers.at(-1)?.resolve();
const refuse = (code: CallFailure['code']): void => answers.at(-1)?.reject(new CallFailure(code));

describe('a desired value', () => {
  test('is kept when the server has it', async () => {
    name.want('Bob');
    expect(name.state).toEqual({ status: 'sending', value: 'Bob', late: false });
    accept();
    await settle();
    expect(name.state).toEqual({ status: 'kept', value: 'Bob' });
  });

  test('that changes forty times is sent first and last, one at a time, and only the last one counts', async () => {
    for (let index = 0; index < 40; index += 1) name.want(`N${index}`);
    expect(sent).toEqual(['N0']);
    accept();
    await settle();
    expect(name.state).toMatchObject({ status: 'sending', value: 'N39' });
    expect(sent).toEqual(['N0', 'N39']);
    accept();
    await settle();
    expect(name.state).toEqual({ status: 'kept', value: 'N39' });
    expect(states.filter((state) => state.startsWith('kept'))).toEqual(['kept N39']);
  });

  test('is sent again when the server finds it too fast, and nothing says that it failed', async () => {
    name.want('Bob');
    refuse('rate_limited');
    await waitFor('the next try', () => sent.length === 2);
    accept();
    await settle();
    expect(sent).toEqual(['Bob', 'Bob']);
    expect(new Set(states)).toEqual(new Set(['sending Bob', 'kept Bob']));
  });

  test('without a server is late until a snapshot comes, and then is sent', async () => {
    name.want('Bob');
    refuse('network_unreachable');
    await settle();
    expect(name.state).toEqual({ status: 'sending', value: 'Bob', late: true });
    expect(sent).toHaveLength(1);
    name.reconcile('Ann');
    expect(sent).toEqual(['Bob', 'Bob']);
    accept();
    await settle();
    expect(name.state).toEqual({ status: 'kept', value: 'Bob' });
  });

  test('whose reply was lost is kept when the snapshot shows it', async () => {
    name.want('Bob');
    refuse('network_unreachable');
    await settle();
    name.reconcile('Bob');
    await settle();
    expect(name.state).toEqual({ status: 'kept', value: 'Bob' });
    expect(sent).toHaveLength(1);
  });

  test('is sent again if its snapshot comes before the old socket has failed', async () => {
    name.want('Bob');
    name.reconcile('Ann');
    refuse('network_unreachable');
    await waitFor('the next try', () => sent.length === 2);
    accept();
    await settle();
    expect(name.state).toEqual({ status: 'kept', value: 'Bob' });
  });

  test('without an answer is late and never called refused, because the server may have it', async () => {
    name.want('Bob');
    for (let tries = 1; tries <= 12; tries += 1) {
      await waitFor('the next try', () => sent.length === tries);
      refuse('timeout');
    }
    await waitFor('the next try', () => sent.length === 13);
    expect(name.state).toEqual({ status: 'sending', value: 'Bob', late: true });
  });

  test.each(['forbidden', 'unavailable'] as const)(
    'that the server refuses (%s) leaves the one before',
    async (code) => {
      name.want('Bob');
      while (name.state.status === 'sending') {
        refuse(code);
        await settle();
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      expect(name.state).toMatchObject({ status: 'refused', value: 'Bob', failure: { code } });
      expect(name.value).toBe('Ann');
    },
  );

  test('after close is refused and sends nothing', () => {
    name.close();
    name.want('Bob');
    expect(name.state).toMatchObject({ status: 'refused', failure: { code: 'closed' } });
    expect(sent).toEqual([]);
  });
});
