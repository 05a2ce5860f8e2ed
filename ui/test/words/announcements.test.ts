import { describe, expect, test } from '@jest/globals';
import { announcements } from '../../src/words/announcements.ts';
import { callState, chatEntry, participant } from '../support/call-state.ts';

const me = participant('me', { isSelf: true });
const ada = participant('Ada');
const withPeople = (...people: (typeof ada)[]) => callState({ participants: [me, ...people] });

describe('what is said of changes in the call', () => {
  test('who comes and who goes', () => {
    expect(announcements(withPeople(), withPeople(ada), false)).toEqual(['Ada joined']);
    expect(announcements(withPeople(ada), withPeople(), false)).toEqual(['Ada left']);
  });

  test('a hand that goes up and a screen that is shared, but not a hand that goes down', () => {
    const raised = { ...ada, handRaisedAt: 5 };
    const sharing = { ...ada, screenOn: true };
    expect(announcements(withPeople(ada), withPeople(raised), false)).toEqual(['Ada raised a hand']);
    expect(announcements(withPeople(raised), withPeople(ada), false)).toEqual([]);
    expect(announcements(withPeople(ada), withPeople(sharing), false)).toEqual(['Ada shares the screen']);
    expect(announcements(withPeople(sharing), withPeople(ada), false)).toEqual([
      'Ada stopped sharing the screen',
    ]);
  });

  test('whose connection is lost, once, and not that it takes their screen with it', () => {
    const sharing = { ...ada, screenOn: true };
    const lost = { ...ada, connection: 'reconnecting' as const, restoring: true };
    expect(announcements(withPeople(sharing), withPeople(lost), false)).toEqual(['Ada is reconnecting']);
    expect(announcements(withPeople(lost), withPeople({ ...lost, quality: 0 }), false)).toEqual([]);
    expect(announcements(withPeople(lost), withPeople(ada), false)).toEqual([]);
  });

  test('not who is lost with our own connection: that is said once for all', () => {
    const lost = { ...ada, connection: 'reconnecting' as const, restoring: true };
    const now = callState({ participants: [{ ...me, restoring: true }, lost] });
    expect(announcements(withPeople(ada), now, false)).toEqual([]);
  });

  test('messages of others, while they are not read anyway', () => {
    const before = callState();
    const now = callState({
      chat: [
        chatEntry('hello'),
        chatEntry('psst', { toPeerId: me.peerId }),
        chatEntry('mine', { own: true }),
      ],
    });
    expect(announcements(before, now, false)).toEqual([
      'Message from ada: hello',
      'Private message from ada: psst',
    ]);
    expect(announcements(before, now, true)).toEqual([]);
  });

  test('nothing of oneself, and nothing of who was there before one came', () => {
    expect(
      announcements(withPeople(), callState({ participants: [{ ...me, handRaisedAt: 1 }] }), false),
    ).toEqual([]);
    expect(announcements(callState({ phase: 'joining', participants: [] }), withPeople(ada), false)).toEqual(
      [],
    );
  });
});
