import { describe, expect, test } from '@jest/globals';
import { announcements } from '../../src/words/announcements.ts';
import { callState, chatEntry, participant } from '../support/call-state.ts';
import { english, wordsIn } from '../support/words.ts';

const me = participant('me', { isSelf: true });
const ada = participant('Ada');
const withPeople = (...people: (typeof ada)[]) => callState({ participants: [me, ...people] });

describe('the announcements', () => {
  test('say who joined and who left', () => {
    expect(announcements(english, withPeople(), withPeople(ada), false)).toEqual(['Ada joined']);
    expect(announcements(english, withPeople(ada), withPeople(), false)).toEqual(['Ada left']);
  });

  test('say nothing of somebody who came back as another peer', () => {
    const again = { ...ada, peerId: participant('other').peerId };
    expect(announcements(english, withPeople(ada), withPeople(again), false)).toEqual([]);
    const bela = participant('Bela');
    expect(announcements(english, withPeople(ada), withPeople(again, bela), false)).toEqual(['Bela joined']);
  });

  test.each([
    [['Ada', 'Bela'], 'Ada and Bela joined'],
    [['Ada', 'Bela', 'Chen'], 'Ada, Bela and Chen joined'],
    [['Ada', 'Bela', 'Chen', 'Dora'], 'Ada, Bela and 2 others joined'],
  ])('gather the joins of %j in one sentence', (names, expected) => {
    const people = names.map((name) => participant(name));
    expect(announcements(english, withPeople(), withPeople(...people), false)).toEqual([expected]);
  });

  test('gather those who do different things by what they do', () => {
    const [bela, chen, dora] = ['Bela', 'Chen', 'Dora'].map((name) => participant(name)) as [
      typeof ada,
      typeof ada,
      typeof ada,
    ];
    const sharing = [ada, bela].map((one) => ({ ...one, screenOn: true }));
    expect(announcements(english, withPeople(ada, bela, chen), withPeople(...sharing, dora), false)).toEqual([
      'Dora joined',
      'Ada and Bela share their screens',
      'Chen left',
    ]);
  });

  test('name people as the page shows them, and keep the words around a name from the right in order', () => {
    const second = participant('a2', { displayName: 'Ana', shownName: 'Ana (2)' });
    const dana = participant('d', { displayName: 'דנה', shownName: 'דנה' });
    expect(announcements(english, withPeople(), withPeople(second), false)).toEqual(['Ana (2) joined']);
    expect(announcements(english, withPeople(dana), withPeople(), false)).toEqual(['\u2068דנה\u2069 left']);
  });

  test('say that nobody left when the own call ends', () => {
    expect(
      announcements(english, withPeople(ada), callState({ phase: 'left', participants: [] }), false),
    ).toEqual([]);
  });

  test('say that a hand is raised and that a screen is shared, but not that a hand is lowered', () => {
    const raised = { ...ada, handRaisedAt: 5 };
    const sharing = { ...ada, screenOn: true };
    expect(announcements(english, withPeople(ada), withPeople(raised), false)).toEqual(['Ada raised a hand']);
    expect(announcements(english, withPeople(raised), withPeople(ada), false)).toEqual([]);
    expect(announcements(english, withPeople(ada), withPeople(sharing), false)).toEqual([
      'Ada shares the screen',
    ]);
    expect(announcements(english, withPeople(sharing), withPeople(ada), false)).toEqual([
      'Ada stopped sharing the screen',
    ]);
  });

  test('say that a shared screen is paused and shown again', () => {
    const sharing = { ...ada, screenOn: true };
    const paused = { ...sharing, screenPaused: true };
    expect(announcements(english, withPeople(sharing), withPeople(paused), false)).toEqual([
      'Ada paused the shared screen',
    ]);
    expect(announcements(english, withPeople(paused), withPeople(sharing), false)).toEqual([
      'Ada shows the shared screen again',
    ]);
    expect(announcements(english, withPeople(paused), withPeople(ada), false)).toEqual([
      'Ada stopped sharing the screen',
    ]);
  });

  test('say once that a person reconnects, and not that their shared screen is gone meanwhile', () => {
    const sharing = { ...ada, screenOn: true };
    const lost = { ...ada, connection: 'reconnecting' as const, restoring: true };
    expect(announcements(english, withPeople(sharing), withPeople(lost), false)).toEqual([
      'Ada is reconnecting',
    ]);
    expect(announcements(english, withPeople(lost), withPeople({ ...lost, quality: 0 }), false)).toEqual([]);
    expect(announcements(english, withPeople(lost), withPeople(ada), false)).toEqual([]);
  });

  test('leave out the people who seem to reconnect while the own connection is lost', () => {
    const lost = { ...ada, connection: 'reconnecting' as const, restoring: true };
    const now = callState({ participants: [{ ...me, restoring: true }, lost] });
    expect(announcements(english, withPeople(ada), now, false)).toEqual([]);
  });

  test('read out messages of others while the chat is closed', () => {
    const before = callState();
    const now = callState({
      chat: [
        chatEntry('hello'),
        chatEntry('psst', { toPeerId: me.peerId }),
        chatEntry('mine', { own: true }),
      ],
    });
    expect(announcements(english, before, now, false)).toEqual([
      'Message from ada: hello',
      'Private message from ada: psst',
    ]);
    expect(announcements(english, before, now, true)).toEqual([]);
  });

  test('count many messages, and read out the last one', () => {
    const chat = ['1', '2', '3', '4'].map((text) => chatEntry(text));
    expect(announcements(english, callState(), callState({ chat }), false)).toEqual([
      '4 new messages',
      'Message from ada: 4',
    ]);
  });

  test('do not read out earlier messages that were asked for', () => {
    const before = callState({ chat: [chatEntry('known')] });
    const now = callState({ chat: [chatEntry('earlier'), chatEntry('known'), chatEntry('new')] });
    expect(announcements(english, before, now, false)).toEqual(['Message from ada: new']);
  });

  test('say nothing of oneself, and nothing of the people who were there before the join', () => {
    expect(
      announcements(english, withPeople(), callState({ participants: [{ ...me, handRaisedAt: 1 }] }), false),
    ).toEqual([]);
    expect(
      announcements(english, callState({ phase: 'joining', participants: [] }), withPeople(ada), false),
    ).toEqual([]);
  });

  test('are whole sentences in each language, also about several people', () => {
    const leave = (language: 'de' | 'fr' | 'es' | 'ar', ...names: string[]) =>
      announcements(
        wordsIn(language),
        withPeople(...names.map((name) => participant(name))),
        withPeople(),
        false,
      );
    expect(leave('de', 'Ada')).toEqual(['Ada hat den Anruf verlassen']);
    expect(leave('de', 'Ada', 'Bela')).toEqual(['Ada und Bela haben den Anruf verlassen']);
    expect(leave('fr', 'Ada', 'Bela', 'Chen')).toEqual(['Ada, Bela et Chen ont quitté l’appel']);
    expect(leave('es', 'Ada', 'Bela', 'Chen', 'Dora')).toEqual(['Ada, Bela y 2 personas más han salido']);
    expect(leave('ar', 'Ada', 'Bela', 'Chen', 'Dora')).toEqual([
      'غادر \u2068Ada\u2069 و\u2068Bela\u2069 وشخصان آخران المكالمة',
    ]);
  });

  test('count messages in each language', () => {
    const chat = ['1', '2', '3', '4'].map((text) => chatEntry(text));
    const [count, last] = announcements(wordsIn('ar'), callState(), callState({ chat }), false);
    expect(count).toMatch(/^[4٤] رسائل جديدة$/);
    expect(last).toBe('رسالة من \u2068ada\u2069: 4');
  });
});
