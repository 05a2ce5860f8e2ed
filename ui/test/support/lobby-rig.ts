import { afterEach, beforeEach, jest } from '@jest/globals';
import { silentLog } from '../../src/call/base/log.ts';
import type { Call } from '../../src/call/call.ts';
import { Lobby } from '../../src/call/lobby/lobby.ts';
import type { Prepared } from '../../src/call/lobby/prepared.ts';
import { MediaDevice } from '../../src/call/media/media-device.ts';
import { CallServer } from './call-server.ts';
import { LISTENER } from './choices.ts';
import { fakeHandlerFactory } from './media.ts';
import { ROOM_CODE } from './records.ts';
import { ok } from './signaling-server.ts';
import { waitFor } from './wait-for.ts';

/** A lobby and its calls with a server of their own, in which nobody sends, for each test. */
export class LobbyRig {
  server!: CallServer;
  lobby!: Lobby;
  readonly #calls: Call[] = [];

  static use(): LobbyRig {
    const rig = new LobbyRig();
    beforeEach(() => rig.#start());
    afterEach(() => rig.#stop());
    return rig;
  }

  makeCall(prepared: Prepared | null, displayName = LISTENER.displayName): Call {
    const call = this.server.makeCall({ choice: { ...LISTENER, displayName }, prepared });
    this.#calls.push(call);
    return call;
  }

  /** The number of open sockets. */
  get open(): number {
    return this.server.signaling.connected.length;
  }

  isOpen(): Promise<void> {
    return waitFor('the socket', () => this.open === 1);
  }

  isClosed(): Promise<void> {
    return waitFor('the end of the socket', () => this.open === 0);
  }

  async #start(): Promise<void> {
    this.server = await CallServer.start();
    this.server.signaling.handlers.set('lobby:open', () => ok({ media: null }));
    this.server.signaling.handlers.set('lobby:watch', () => ok({ count: 0, names: [] }));
    this.lobby = new Lobby({
      origin: this.server.origin,
      roomCode: ROOM_CODE,
      device: new MediaDevice(fakeHandlerFactory()),
      log: silentLog,
    });
    Object.assign(globalThis, { window: new EventTarget() });
  }

  async #stop(): Promise<void> {
    jest.useRealTimers();
    this.lobby.giveUp();
    for (const call of this.#calls.splice(0)) call.close();
    await this.server.stop();
    Reflect.deleteProperty(globalThis, 'window');
  }
}
