import type { RoomCode, TraceId } from '@parley/proto/ids';
import { roomCodeSchema, traceIdSchema } from '@parley/proto/ids';
import { StoredRecord } from '../base/stored-record.ts';
import type { JoinChoice } from '../devices/join-choice.ts';

/** Which devices are on. */
export type DevicesOn = Pick<JoinChoice, 'microphoneOn' | 'cameraOn'>;

/** The choice of a call without what another page cannot use, or what is kept elsewhere. */
export type KeptChoice = Omit<JoinChoice, 'tracks' | 'passcode'>;

/** What a tab keeps of its call, so that the page that is loaded next in it goes on as the same peer. */
export type KeptCall = {
  roomCode: RoomCode;
  /** Names the claim on this call: a copy of the record, in a tab that was duplicated, has the same. */
  claimId: string;
  resumeSecret: string;
  traceId: TraceId;
  reportPass: string | null;
  reportMetrics: boolean;
  choice: KeptChoice;
};

type TabRecord = {
  /** As they were last in this tab; null if nothing was chosen in it. */
  devices: DevicesOn | null;
  call: KeptCall | null;
};

const TEXT_MAX = 512;

/** What this tab keeps while other pages are loaded in it. */
export const tabRecord = new StoredRecord<TabRecord>(
  'parley.tab',
  ({ devices, call }) => ({ devices: parseDevices(devices), call: parseCall(call) }),
  () => sessionStorage,
);

function parseDevices(stored: unknown): DevicesOn | null {
  if (!isRecord(stored)) return null;
  const { microphoneOn, cameraOn } = stored;
  if (typeof microphoneOn !== 'boolean' || typeof cameraOn !== 'boolean') return null;
  return { microphoneOn, cameraOn };
}

function parseCall(stored: unknown): KeptCall | null {
  if (!isRecord(stored)) return null;
  const roomCode = roomCodeSchema.safeParse(stored['roomCode']);
  const traceId = traceIdSchema.safeParse(stored['traceId']);
  const [claimId, resumeSecret] = [text(stored['claimId']), text(stored['resumeSecret'])];
  const choice = parseChoice(stored['choice']);
  if (!roomCode.success || !traceId.success || choice === null) return null;
  if (claimId === null || resumeSecret === null) return null;
  return {
    roomCode: roomCode.data,
    claimId,
    resumeSecret,
    traceId: traceId.data,
    reportPass: typeof stored['reportPass'] === 'string' ? stored['reportPass'] : null,
    reportMetrics: stored['reportMetrics'] === true,
    choice,
  };
}

function parseChoice(stored: unknown): KeptChoice | null {
  const devices = parseDevices(stored);
  if (devices === null || !isRecord(stored)) return null;
  const displayName = text(stored['displayName']);
  if (displayName === null) return null;
  return {
    ...devices,
    displayName,
    microphoneId: text(stored['microphoneId']),
    cameraId: text(stored['cameraId']),
    speakerId: text(stored['speakerId']),
  };
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && value.length <= TEXT_MAX ? value : null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
