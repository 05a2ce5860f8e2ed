import { describe, expect, test } from '@jest/globals';
import type { Participant } from '../../src/call/index.ts';
import { groupPeople } from '../../src/selectors/people.ts';

const person = (displayName: string, change: Partial<Participant> = {}): Participant =>
  ({
    peerId: displayName,
    displayName,
    role: 'participant',
    handRaisedAt: null,
    joinedAt: 1,
    ...change,
  }) as Participant;

const namesOf = (people: readonly Participant[]) => people.map(({ displayName }) => displayName);

describe('the groups of the list of people', () => {
  test('count viewers apart, and keep the order of joining in each', () => {
    const { raised, others, viewers } = groupPeople([
      person('Me', { role: 'viewer' }),
      person('Ada', { role: 'owner' }),
      person('Vera', { role: 'viewer' }),
      person('Bob'),
      person('Carl', { role: 'host' }),
    ]);
    expect([raised, others, viewers].map(namesOf)).toEqual([[], ['Ada', 'Bob', 'Carl'], ['Me', 'Vera']]);
  });

  test('have everybody whose hand is up first, viewers as well, in the order of hands', () => {
    const { raised, others, viewers } = groupPeople([
      person('Ada', { handRaisedAt: 30 }),
      person('Vera', { role: 'viewer', handRaisedAt: 10 }),
      person('Bob'),
      person('Walt', { role: 'viewer' }),
    ]);
    expect([raised, others, viewers].map(namesOf)).toEqual([['Vera', 'Ada'], ['Bob'], ['Walt']]);
  });
});
