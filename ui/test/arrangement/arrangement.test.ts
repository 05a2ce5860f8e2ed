import { describe, expect, test } from '@jest/globals';
import {
  INITIAL_ARRANGEMENT,
  reduceArrangement,
  wantsStage,
  type ArrangementAction,
} from '../../src/arrangement/arrangement.ts';
import { peer } from '../support/call-state.ts';

const after = (...actions: ArrangementAction[]) => actions.reduce(reduceArrangement, INITIAL_ARRANGEMENT);

describe('the arrangement', () => {
  test('pinning a picture again removes the pin, and pinning another one replaces it', () => {
    const camera = { peerId: peer('ada'), source: 'camera' } as const;
    const screen = { peerId: peer('ada'), source: 'screen' } as const;
    expect(after({ type: 'pin-toggled', picture: camera }).pinned).toEqual(camera);
    expect(
      after({ type: 'pin-toggled', picture: camera }, { type: 'pin-toggled', picture: camera }).pinned,
    ).toBeNull();
    expect(
      after({ type: 'pin-toggled', picture: camera }, { type: 'pin-toggled', picture: screen }).pinned,
    ).toEqual(screen);
  });

  test('choosing a layout removes the pin, because a pin would hide the choice', () => {
    const pin: ArrangementAction = {
      type: 'pin-toggled',
      picture: { peerId: peer('ada'), source: 'camera' },
    };
    expect(after(pin, { type: 'layout-chosen', layout: 'speaker' })).toMatchObject({
      pinned: null,
      layout: 'speaker',
    });
  });

  test('a question closes the dialog that led to it, and goes when it is answered', () => {
    const open: ArrangementAction = { type: 'dialog-opened', dialog: 'hosts' };
    const ask: ArrangementAction = { type: 'question-asked', question: { act: 'endCall' } };
    expect(after(open, ask)).toMatchObject({ dialog: null, question: { act: 'endCall' } });
    expect(after(open, ask, { type: 'question-settled' }).question).toBeNull();
  });

  test('one panel is open at a time', () => {
    const open = (panel: 'chat' | 'people'): ArrangementAction => ({ type: 'panel-toggled', panel });
    expect(after(open('chat'), open('people')).panel).toBe('people');
    expect(after(open('chat'), open('chat')).panel).toBeNull();
  });

  test('writing to a person privately opens the chat with that person as recipient', () => {
    const recipient = { peerId: peer('ada'), name: 'Ada' };
    const arrangement = after({ type: 'private-chat-opened', recipient });
    expect(arrangement).toMatchObject({ panel: 'chat', chatRecipient: recipient });
  });

  test('the fit of a picture is chosen for one tile', () => {
    const { fits } = after(
      { type: 'fit-chosen', peerId: peer('ada'), fit: 'contain' },
      { type: 'fit-chosen', peerId: peer('bob'), fit: 'contain' },
      { type: 'fit-chosen', peerId: peer('ada'), fit: 'cover' },
    );
    expect([...fits]).toEqual([
      [peer('ada'), 'cover'],
      [peer('bob'), 'contain'],
    ]);
    expect(INITIAL_ARRANGEMENT.fits.size).toBe(0);
  });

  test('the first page stays when turned back', () => {
    expect(after({ type: 'page-turned', page: -1 }).page).toBe(0);
  });
});

describe('the stage', () => {
  const camera = { peerId: peer('ada'), source: 'camera' } as const;
  const screen = { peerId: peer('ada'), source: 'screen' } as const;

  test.each([
    ['holds no speaker in grid view', 'grid', null, camera, 3, false],
    ['holds the speaker in speaker view', 'speaker', null, camera, 3, true],
    ['is not used by a person who is alone', 'speaker', null, camera, 1, false],
    ['holds a pinned picture in grid view', 'grid', camera, camera, 3, true],
    ['is not used while another picture than the pinned one is staged', 'grid', screen, camera, 3, false],
    ['holds a shared screen in grid view', 'grid', null, screen, 2, true],
    ['is not used without a picture', 'speaker', null, null, 3, false],
  ] as const)('%s', (_, layout, pinned, staged, count, expected) => {
    expect(wantsStage({ layout, pinned }, staged, count)).toBe(expected);
  });
});
