import type { RoomCode } from '@parley/proto';
import { TestBrowser } from './test-browser.ts';
import { joinAs } from './people.ts';
import type { CallPage } from './pages.ts';
import { callRoute } from '../peer/rest-client.ts';
import { Launcher } from '../servers/launcher.ts';

/** Ada, Bela, Chen and Dora in one room, in a system that nobody else uses. */
export class CallOfFour {
  readonly launcher: Launcher;
  readonly browser: TestBrowser;
  readonly code: RoomCode;
  readonly people: readonly [CallPage, CallPage, CallPage, CallPage];

  static async start(): Promise<CallOfFour> {
    const launcher = await Launcher.start({ env: { RESUME_GRACE_MS: '3000' } });
    let browser: TestBrowser | undefined;
    try {
      browser = await TestBrowser.launch(launcher.origin);
      const { code } = await callRoute(launcher.origin, 'createRoom', { body: {} });
      const ada = await joinAs(browser, code, 'Ada');
      const bela = await joinAs(browser, code, 'Bela');
      const chen = await joinAs(browser, code, 'Chen');
      const dora = await joinAs(browser, code, 'Dora');
      return new CallOfFour(launcher, browser, code, [ada, bela, chen, dora]);
    } catch (error) {
      await browser?.close();
      await launcher.stop();
      throw error;
    }
  }

  private constructor(
    launcher: Launcher,
    browser: TestBrowser,
    code: RoomCode,
    people: CallOfFour['people'],
  ) {
    this.launcher = launcher;
    this.browser = browser;
    this.code = code;
    this.people = people;
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.launcher.stop();
  }
}
