import { HostedRoom } from './hosted-room.ts';
import type { CallPage } from './pages.ts';
import { joinAs } from './people.ts';
import type { BrowserKind } from './test-browser.ts';

type FourPages = readonly [CallPage, CallPage, CallPage, CallPage];

/** Ada, Bela, Chen and Dora in one hosted room. */
export class CallOfFour {
  readonly room: HostedRoom;
  readonly people: FourPages;

  static async start(kind: BrowserKind = 'willing'): Promise<CallOfFour> {
    const env = { RESUME_GRACE_MS: '3000', CLOSED_GRACE_MS: '15000' };
    const room = await HostedRoom.start({ env }, kind);
    try {
      const ada = await joinAs(room.browser, room.code, 'Ada');
      const bela = await joinAs(room.browser, room.code, 'Bela');
      const chen = await joinAs(room.browser, room.code, 'Chen');
      const dora = await joinAs(room.browser, room.code, 'Dora');
      return new CallOfFour(room, [ada, bela, chen, dora]);
    } catch (error) {
      await room.stop();
      throw error;
    }
  }

  private constructor(room: HostedRoom, people: FourPages) {
    this.room = room;
    this.people = people;
  }

  stop(): Promise<void> {
    return this.room.stop();
  }
}
