import type { PeerId } from '@parley/proto/ids';
import type { RecoveryReport } from '@parley/proto/rest';
import { silentLog } from '../../src/call/base/log.ts';
import { MediaDevice } from '../../src/call/media/media-device.ts';
import { Media } from '../../src/call/media/media.ts';
import type { SignalingClient } from '../../src/call/signaling/signaling-client.ts';
import { fakeHandlerFactory, transportParameters } from './media.ts';
import { peer, producer } from './records.ts';
import { RoomServer } from './room-server.ts';
import { settle } from './wait-for.ts';

/** A `Media` over fake transports, with a `RoomServer` at the other end, and what it has reported. */
export class MediaUnderTest {
  readonly server = new RoomServer();
  readonly device: MediaDevice;
  readonly media: Media;
  /** The peers whose voice was heard, the latest first. */
  heard: PeerId[] = [];
  restored = 0;
  readonly recoveries: RecoveryReport[] = [];
  shownAsRestoring = false;
  readonly failures: string[] = [];
  soundless = false;

  constructor(handlers = fakeHandlerFactory()) {
    const { server } = this;
    this.device = new MediaDevice(handlers);
    this.media = new Media({
      device: this.device,
      signaling: () => server as unknown as SignalingClient,
      peers: () => server.peers,
      heard: () => this.heard,
      onPicturesLimited: () => {},
      onChanged: () => (this.shownAsRestoring = this.media.restoration.isUnderWay),
      onRestored: () => (this.restored += 1),
      onRecovery: (report) => this.recoveries.push(report),
      onBlocked: () => {},
      onRefused: (failure) => this.failures.push(failure.code),
      onPublicationFailed: (source, failure) => this.failures.push(`${source} ${failure.code}`),
      onSoundless: (soundless) => (this.soundless = soundless),
      log: silentLog,
    });
  }

  async open(): Promise<void> {
    await this.media.open(offeredTransports(), []);
    await settle();
  }

  /** Connected, as after ICE and DTLS; sending begins then. */
  connect(): void {
    this.setReceiving('connected');
  }

  setReceiving(state: string): void {
    const { handler } = this.media.transports!.receive;
    (handler as unknown as { setConnectionState(state: string): void }).setConnectionState(state);
  }

  received(): string[] {
    return Array.from(this.media.consumption.streams, (stream) => stream.producerId as string).sort();
  }
}

export function offeredTransports() {
  return { send: transportParameters(), receive: transportParameters() };
}

/** Somebody with a microphone and a camera. */
export function person(name: string) {
  return peer(name, {
    producers: [producer(`${name}-mic`, 'microphone'), producer(`${name}-cam`, 'camera')],
  });
}
