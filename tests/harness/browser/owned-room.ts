import type { RoomCode } from '@parley/proto/ids';
import type { RoomSettingsChange } from '@parley/proto/room';
import { LandingPage, PreJoinPage } from './pages.ts';
import type { Tab, TestBrowser } from './test-browser.ts';

/** A room that belongs to the browser of a person who made it with one press. */
export class OwnedRoom {
  readonly owner: Tab;
  readonly code: RoomCode;

  static async create(browser: TestBrowser, settings: RoomSettingsChange = {}): Promise<OwnedRoom> {
    const owner = await browser.open('/');
    await new LandingPage(owner).newCall().click();
    await owner.page.waitForURL(/\/r\/[a-z0-9-]+$/);
    const room = new OwnedRoom(owner, owner.page.url().split('/').at(-1) as RoomCode);
    await new PreJoinPage(owner).joinButton().waitFor();
    await room.change(settings);
    return room;
  }

  private constructor(owner: Tab, code: RoomCode) {
    this.owner = owner;
    this.code = code;
  }

  get path(): string {
    return `/r/${this.code}`;
  }

  /** Changes the settings as the owner of the room. */
  async change(settings: RoomSettingsChange): Promise<void> {
    const status = await this.owner.page.evaluate(
      async ({ code, body }) => {
        const headers = { 'content-type': 'application/json' };
        return (await fetch(`/api/rooms/${code}`, { method: 'POST', headers, body })).status;
      },
      { code: this.code, body: JSON.stringify({ settings }) },
    );
    if (status !== 200) throw new Error(`The settings were answered with ${status}`);
  }
}
