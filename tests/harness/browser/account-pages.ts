import type { Locator, Page } from 'playwright-core';
import type { Tab } from './test-browser.ts';

/** The pages of accounts, found as a person finds them. */
export class AccountPages {
  readonly page: Page;

  constructor({ page }: Pick<Tab, 'page'>) {
    this.page = page;
  }

  field(name: string): Locator {
    // A section may have the name of the field in it.
    return this.page.getByLabel(name, { exact: true }).and(this.page.locator('input'));
  }

  heading(name: string | RegExp): Locator {
    return this.page.getByRole('heading', { level: 1, name });
  }

  /** The menu of the person who is logged in. */
  menu(name: string): Locator {
    return this.page.getByRole('button', { name: `Your account, ${name}` });
  }

  /** What the page says went wrong. Next.js has an alert of its own on each page, which is empty. */
  alert(): Locator {
    return this.page.getByRole('alert').filter({ hasText: /./ });
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click();
  }

  /** Until the page behind the link is there, because two pages may have fields of one name. */
  async follow(name: string): Promise<void> {
    const link = this.page.getByRole('link', { name, exact: true });
    const target = new URL((await link.getAttribute('href')) ?? '', this.page.url());
    await link.click();
    await this.page.waitForURL(({ pathname }) => pathname === target.pathname);
  }

  async fill(values: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, value] of Object.entries(values)) await this.field(name).fill(value);
  }

  async logIn(email: string, password: string): Promise<void> {
    await this.page.goto('/login');
    await this.fill({ 'E-mail address': email, Password: password });
    await this.press('Log in');
  }

  async choose(name: string, item: string): Promise<void> {
    await this.menu(name).click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }
}
