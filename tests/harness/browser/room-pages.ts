import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import type { Tab } from './test-browser.ts';

/** The pages of rooms and of operators, found as a person finds them. */
export class RoomPages {
  readonly page: Page;

  constructor({ page }: Pick<Tab, 'page'>) {
    this.page = page;
  }

  heading(name: string): Locator {
    return this.page.getByRole('heading', { level: 1, name });
  }

  field(name: string): Locator {
    return this.page.getByLabel(name, { exact: true });
  }

  /** A switch whose name begins so, in this state. */
  switchFor(name: string, checked: boolean): Locator {
    return this.page.getByRole('switch', { name: new RegExp(`^${name}`), checked });
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click();
  }

  async follow(name: string): Promise<void> {
    await this.page.getByRole('link', { name, exact: true }).click();
  }

  /** Types a text and leaves the field, with which it counts. */
  async fill(name: string, value: string): Promise<void> {
    await this.field(name).fill(value);
    await this.field(name).blur();
  }

  async toggle(name: string): Promise<void> {
    await this.page.getByRole('switch', { name: new RegExp(`^${name}`) }).click();
  }

  async choose(name: string, option: string): Promise<void> {
    await this.page.getByRole('combobox', { name, exact: true }).click();
    await this.page.getByRole('option', { name: option, exact: true }).click();
  }

  /** The code of the room that was just made, whose page opens. */
  async madeRoom(): Promise<string> {
    await this.page.waitForURL(/\/rooms\/[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{3}$/);
    return new URL(this.page.url()).pathname.split('/').at(-1) ?? '';
  }

  /** Presses a button that saves a file. */
  async save(button: string): Promise<{ name: string; text: string }> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), this.press(button)]);
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
  }
}
