import type { Call } from '../../src/call/call.ts';
import { CallServer } from './call-server.ts';
import { SPEAKER } from './choices.ts';
import { ManualCapture } from './tracks.ts';
import { waitFor } from './wait-for.ts';

/** A call that has joined with a microphone, of which the server has a producer. It owns its server. */
export class TalkingCall {
  readonly server: CallServer;
  readonly capture: ManualCapture;
  readonly call: Call;

  static async start(): Promise<TalkingCall> {
    const server = await CallServer.start();
    const capture = new ManualCapture();
    Object.assign(globalThis, { window: new EventTarget() });
    const call = server.makeCall({ choice: SPEAKER, capture });
    await call.join();
    await waitFor('a device to be opened', () => capture.openings.length > 0);
    capture.grant();
    await waitFor('the producer', () => server.media.producers.size === 1);
    return new TalkingCall(server, capture, call);
  }

  private constructor(server: CallServer, capture: ManualCapture, call: Call) {
    this.server = server;
    this.capture = capture;
    this.call = call;
  }

  async stop(): Promise<void> {
    this.call.close();
    await this.server.stop();
    Reflect.deleteProperty(globalThis, 'window');
  }
}
