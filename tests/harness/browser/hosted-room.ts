import type { RoomCode } from '@parley/proto/ids';
import { callRoute } from '../peer/rest-client.ts';
import { Launcher, type LauncherOptions } from '../servers/launcher.ts';
import { TestBrowser, type BrowserKind } from './test-browser.ts';

/** An empty room in a system that nobody else uses, and a browser for its people. */
export class HostedRoom {
  readonly launcher: Launcher;
  readonly browser: TestBrowser;
  readonly code: RoomCode;

  static async start(options: LauncherOptions = {}, kind: BrowserKind = 'willing'): Promise<HostedRoom> {
    const launcher = await Launcher.start(options);
    let browser: TestBrowser | undefined;
    try {
      browser = await TestBrowser.launch(launcher.origin, kind);
      const { code } = await callRoute(launcher.origin, 'createRoom', { body: {} });
      return new HostedRoom(launcher, browser, code);
    } catch (error) {
      await browser?.close();
      await launcher.stop();
      throw error;
    }
  }

  private constructor(launcher: Launcher, browser: TestBrowser, code: RoomCode) {
    this.launcher = launcher;
    this.browser = browser;
    this.code = code;
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.launcher.stop();
  }
}
