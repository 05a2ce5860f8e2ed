import { describe, expect, test } from '@jest/globals';
import {
  INITIAL_ARRANGEMENT,
  movedCorner,
  nearestCorner,
  reduceArrangement,
  selfPlacement,
  type ArrangementAction,
} from '../../src/arrangement/arrangement.ts';
import { peer } from '../support/call-state.ts';

const after = (...actions: ArrangementAction[]) => actions.reduce(reduceArrangement, INITIAL_ARRANGEMENT);

describe('how a person looks at the call', () => {
  test('a pin is taken away by pinning the same picture again, and replaced by pinning another', () => {
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

  test('choosing a layout lets go of the pin, which would hide the choice', () => {
    const pin: ArrangementAction = {
      type: 'pin-toggled',
      picture: { peerId: peer('ada'), source: 'camera' },
    };
    expect(after(pin, { type: 'layout-chosen', layout: 'speaker' })).toMatchObject({
      pinned: null,
      layout: 'speaker',
    });
  });

  test('one panel is open at a time', () => {
    const open = (panel: 'chat' | 'people'): ArrangementAction => ({ type: 'panel-toggled', panel });
    expect(after(open('chat'), open('people')).panel).toBe('people');
    expect(after(open('chat'), open('chat')).panel).toBeNull();
  });

  test('writing to somebody privately opens the chat on them', () => {
    const arrangement = after({ type: 'private-chat-opened', peerId: peer('ada') });
    expect(arrangement).toMatchObject({ panel: 'chat', chatRecipient: peer('ada') });
  });

  test('there is no page before the first', () => {
    expect(after({ type: 'page-turned', page: -1 }).page).toBe(0);
  });
});

describe('where the own picture goes', () => {
  test.each([
    ['alone it is all there is', 'hidden', 0, 'grid', false, 'inline'],
    ['with one other it floats', 'auto', 1, 'grid', false, 'floating'],
    ['among more it is one of them', 'auto', 2, 'grid', false, 'inline'],
    ['beside a screen it goes to the strip', 'auto', 1, 'stage', true, 'inline'],
    ['beside the only other it floats', 'auto', 1, 'stage', false, 'floating'],
    ['where it is wanted', 'floating', 5, 'grid', false, 'floating'],
    ['nowhere if so wanted', 'hidden', 5, 'stage', true, 'hidden'],
  ] as const)('%s', (_what, choice, others, mode, shared, expected) => {
    expect(selfPlacement(choice, others, mode, shared)).toBe(expected);
  });

  test('arrow keys move it along the edges, other keys do not', () => {
    expect(movedCorner('bottom-right', 'ArrowUp')).toBe('top-right');
    expect(movedCorner('top-right', 'ArrowLeft')).toBe('top-left');
    expect(movedCorner('top-left', 'ArrowLeft')).toBe('top-left');
    expect(movedCorner('top-left', 'a')).toBeNull();
  });

  test('it is dropped into the nearest corner', () => {
    const container = { width: 100, height: 100 };
    expect(nearestCorner(10, 10, container)).toBe('top-left');
    expect(nearestCorner(90, 49, container)).toBe('top-right');
    expect(nearestCorner(49, 90, container)).toBe('bottom-left');
    expect(nearestCorner(120, 120, container)).toBe('bottom-right');
  });
});
