import type { RoomCode } from '@parley/proto';
import type { ChosenDevices } from '../devices/device-list.ts';
import { NO_DEVICES } from '../devices/device-list.ts';
import type { CallState } from '../types.ts';

export function initialState(roomCode: RoomCode, chosen: ChosenDevices): CallState {
  return {
    phase: 'idle',
    error: null,
    roomCode,
    traceId: null,
    selfId: null,
    participants: [],
    dominantPeerId: null,
    microphone: { status: 'released' },
    camera: { status: 'released' },
    screen: { status: 'released' },
    devices: { ...NO_DEVICES, ...chosen },
    chat: [],
    unreadChat: 0,
    reactions: [],
    notices: [],
    joinedAt: null,
  };
}
