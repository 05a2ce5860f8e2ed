import type { Locator, Page } from 'playwright-core';
import type { Tab } from './test-browser.ts';

/* The controls of each page, found as a person finds them: by role and accessible name. */

export class LandingPage {
  readonly #page: Page;

  constructor({ page }: Tab) {
    this.#page = page;
  }

  newCall(): Locator {
    return this.#page.getByRole('button', { name: 'New call' });
  }

  codeOrLink(): Locator {
    return this.#page.getByRole('textbox', { name: 'Code or link' });
  }

  joinCall(): Locator {
    return this.#page.getByRole('button', { name: 'Join call' });
  }
}

export class PreJoinPage {
  readonly page: Page;
  readonly #tab: Tab;

  constructor(tab: Tab) {
    this.#tab = tab;
    this.page = tab.page;
  }

  name(): Locator {
    return this.page.getByRole('textbox', { name: 'Your name' });
  }

  joinButton(): Locator {
    return this.page.getByRole('button', { name: 'Join', exact: true });
  }

  preview(): Locator {
    return this.page.getByRole('region', { name: 'Your picture' }).locator('video');
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Presses Join, and resolves when the person is in the call. */
  async join(name: string): Promise<CallPage> {
    await this.name().fill(name);
    await this.joinButton().click();
    const call = new CallPage(this.#tab, name);
    await call.waitUntilJoined();
    return call;
  }
}

export class CallPage {
  readonly tab: Tab;
  readonly page: Page;
  readonly name: string;

  constructor(tab: Tab, name: string) {
    this.tab = tab;
    this.page = tab.page;
    this.name = name;
  }

  async waitUntilJoined(): Promise<void> {
    await this.tile(this.name).first().waitFor();
    await this.button('Leave').waitFor();
  }

  /** A control, by its accessible name. */
  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  async press(name: string): Promise<void> {
    await this.button(name).click();
  }

  tiles(): Locator {
    return this.page.getByTestId('tile');
  }

  tile(name: string): Locator {
    return this.page.locator(`[data-testid="tile"][data-peer-name="${name}"]`);
  }

  video(name: string): Locator {
    return this.tile(name).locator('video');
  }

  /** The tile of a person while its accessible name contains this state, such as `muted`. */
  tileSaying(name: string, state: string): Locator {
    return this.page.getByRole('group', { name: new RegExp(`^${name}( \\(you\\))?(,.*)?, ${state}(,|$)`) });
  }

  async pin(name: string): Promise<void> {
    await this.chooseFor(name, 'Pin');
  }

  /** Does what a browser does when the person looks at another tab, or comes back. */
  async turn(state: 'hidden' | 'visible'): Promise<void> {
    await this.page.evaluate((visibility) => {
      Object.defineProperty(document, 'visibilityState', { value: visibility, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  }

  async unpin(name: string): Promise<void> {
    await this.chooseFor(name, 'Unpin');
  }

  /** Chooses what the menu of a person's tile offers. */
  async chooseFor(name: string, item: string): Promise<void> {
    await this.tile(name)
      .getByRole('button', { name: `Options for ${name}` })
      .click();
    await this.page.getByRole('menuitem', { name: item, exact: true }).click();
  }

  screenOf(name: string): Locator {
    return this.page.getByRole('group', { name: name === this.name ? 'Your screen' : `${name}'s screen` });
  }

  async openChat(): Promise<void> {
    if (!(await this.messageBox().isVisible())) await this.press('Chat');
    await this.messageBox().waitFor();
  }

  messageBox(): Locator {
    return this.page.getByRole('textbox', { name: 'Message' });
  }

  /** Sends a message to everyone, or to one person only. */
  async say(text: string, to?: string): Promise<void> {
    await this.openChat();
    await this.page.getByRole('combobox', { name: 'To' }).click();
    await this.page.getByRole('option', { name: to ? `Only ${to}` : 'Everyone', exact: true }).click();
    await this.messageBox().fill(text);
    await this.press('Send');
  }

  message(text: string): Locator {
    return this.page.getByRole('article').filter({ hasText: text });
  }

  /** The rows of the people panel, from the top. */
  people(): Locator {
    return this.page.getByTestId('person');
  }

  listedNames(): Promise<(string | null)[]> {
    return this.people().evaluateAll((rows) => rows.map((row) => row.getAttribute('data-peer-name')));
  }

  async closePanel(): Promise<void> {
    await this.press('Close panel');
  }

  async leave(): Promise<void> {
    await this.press('Leave');
    await this.page.getByRole('heading', { name: 'You left the call' }).waitFor();
  }
}
