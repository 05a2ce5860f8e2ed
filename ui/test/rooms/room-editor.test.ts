import { beforeEach, describe, expect, test } from '@jest/globals';
import { formatRoomCode } from '@parley/proto/ids';
import type { RoomInfo } from '@parley/proto/rest';
import { DEFAULT_ROOM_SETTINGS, type RoomSettings } from '@parley/proto/room';
import { CallFailure } from '../../src/call/base/call-failure.ts';
import type { RestClient } from '../../src/call/base/rest-client.ts';
import { RoomEditor, type RoomChange } from '../../src/rooms/room-editor.ts';
import { deferred, settle, type Deferred } from '../support/wait-for.ts';

const CODE = formatRoomCode('abcdefghjkm');

describe('changing a room', () => {
  let editor: RoomEditor;
  let sent: RoomChange[];
  let answers: Deferred<RoomInfo>[];

  beforeEach(() => {
    [sent, answers] = [[], []];
    const call = (_name: string, { body }: { body: RoomChange }) => {
      sent.push(body);
      const answer = deferred<RoomInfo>();
      answers.push(answer);
      return answer.promise;
    };
    editor = new RoomEditor({
      rest: { call } as unknown as Pick<RestClient, 'call'>,
      code: CODE,
      room: { title: 'Choir', settings: DEFAULT_ROOM_SETTINGS },
    });
  });

  const answer = async (index: number, settings: Partial<RoomSettings>, title = 'Choir'): Promise<void> => {
    const room = { code: CODE, title, createdAt: 1, peerCount: 0, peerLimit: 9, role: 'owner' } as const;
    answers[index]?.resolve({ ...room, settings: { ...DEFAULT_ROOM_SETTINGS, ...settings } });
    await settle();
  };

  test('shows at once, and says when it is saved', async () => {
    void editor.change({ settings: { locked: true, passcode: 'sesame' } });
    expect(editor.getState()).toMatchObject({
      status: 'saving',
      settings: { locked: true, hasPasscode: true },
    });
    expect(sent).toEqual([{ settings: { locked: true, passcode: 'sesame' } }]);
    await answer(0, { locked: true, hasPasscode: true });
    expect(editor.getState()).toMatchObject({ status: 'saved', settings: { locked: true }, error: null });
  });

  test('sends one change after the other, and shows what is not saved yet over what is', async () => {
    void editor.change({ settings: { locked: true } });
    void editor.change({ title: 'Band' });
    expect(sent).toHaveLength(1);
    await answer(0, { locked: true });
    expect(sent).toEqual([{ settings: { locked: true } }, { title: 'Band' }]);
    expect(editor.getState()).toMatchObject({ status: 'saving', title: 'Band', settings: { locked: true } });
    await answer(1, { locked: true }, 'Band');
    expect(editor.getState()).toMatchObject({ status: 'saved', title: 'Band' });
  });

  test('shows what the server has again when it fails, and says why', async () => {
    void editor.change({ settings: { locked: true } });
    answers[0]?.reject(new CallFailure('rate_limited'));
    await settle();
    expect(editor.getState()).toMatchObject({
      status: 'failed',
      settings: { locked: false },
      error: { code: 'rate_limited' },
    });
    void editor.change({ settings: { locked: true } });
    expect(editor.getState()).toMatchObject({ status: 'saving', error: null });
    await answer(1, { locked: true });
    expect(editor.getState().status).toBe('saved');
  });

  test('follows a change that was made elsewhere, and keeps its own over it until that is saved', async () => {
    void editor.change({ settings: { locked: true } });
    editor.receive({ title: 'Band', settings: { ...DEFAULT_ROOM_SETTINGS, whoMayChat: 'hosts' } });
    expect(editor.getState()).toMatchObject({
      title: 'Band',
      settings: { locked: true, whoMayChat: 'hosts' },
    });
    await answer(0, { locked: true, whoMayChat: 'hosts' }, 'Band');
    expect(editor.getState()).toMatchObject({ title: 'Band', settings: { locked: true } });
  });
});
