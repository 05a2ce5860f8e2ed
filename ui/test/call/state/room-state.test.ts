import { describe, expect, test } from '@jest/globals';
import { RoomState } from '../../../src/call/state/room-state.ts';
import { peer, room, snapshot } from '../../support/records.ts';

describe('whether the room shows names before the join', () => {
  const loaded = () => {
    const state = new RoomState(() => {});
    state.load(snapshot(peer('me', { role: 'host' }), []));
    return state;
  };

  test('is part of the settings, which are the same object until they change', () => {
    const state = loaded();
    expect(state.settings?.namesBeforeJoin).toBeUndefined();
    state.applyDoor({ namesBeforeJoin: true });
    const { settings } = state;
    expect(settings).toMatchObject({ ...room().settings, namesBeforeJoin: true });
    expect(state.settings).toBe(settings);
    state.apply({
      name: 'room:updated',
      payload: { room: room({ version: 2, settings: { ...room().settings, locked: true } }) },
    });
    expect(state.settings).toMatchObject({ locked: true, namesBeforeJoin: true });
    state.applyDoor({ namesBeforeJoin: false });
    expect(state.settings?.namesBeforeJoin).toBeUndefined();
    state.close();
  });

  test('is off after a snapshot until the server says that it is on', () => {
    const state = loaded();
    state.applyDoor({ namesBeforeJoin: true });
    state.load(snapshot(peer('me', { role: 'host' }), []));
    expect(state.settings?.namesBeforeJoin).toBeUndefined();
    state.close();
  });
});
