import type { Page as ProbedPage } from 'playwright-core';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { waitFor } from '@parley/common/testing';
import { inboundAudio, installProbe, keepAllPictures } from './page-probe.ts';

const FIREFOX = process.env.FIREFOX_PATH ?? '/usr/bin/firefox-esr';

/** Fake devices that need no permission: a colour that changes, and a tone that does not end. */
const PREFERENCES = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  // Sound without a press, as for Chromium.
  'media.autoplay.default': 0,
};

/** Longer than the pauses of Chromium's fake microphone, which beeps once a second. */
const SILENCE_SECONDS = 2.5;

/** Whether a number is larger than at the last look. It may begin again at zero: a new video or connection does. */
function growing(look: () => Promise<number>): () => Promise<boolean> {
  let last = Infinity;
  return async () => {
    const before = last;
    last = await look();
    return last > before;
  };
}

/** A Firefox, driven by WebDriver BiDi. Playwright drives only builds of its own. */
export class Firefox {
  readonly #browser: Browser;
  readonly #origin: string;

  static async launch(origin: string): Promise<Firefox> {
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: FIREFOX,
      headless: true,
      extraPrefsFirefox: PREFERENCES,
      acceptInsecureCerts: true,
      defaultViewport: { width: 1280, height: 800 },
    });
    return new Firefox(browser, origin);
  }

  private constructor(browser: Browser, origin: string) {
    this.#browser = browser;
    this.#origin = origin;
  }

  async open(path: string): Promise<FirefoxPage> {
    const page = await this.#browser.newPage();
    page.setDefaultTimeout(30_000);
    await page.evaluateOnNewDocument(installProbe);
    await page.evaluateOnNewDocument(keepAllPictures);
    const opened = new FirefoxPage(page);
    await page.goto(`${this.#origin}${path}`);
    return opened;
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}

/** A page in Firefox. Its controls are found as a person finds them: by role and accessible name. */
export class FirefoxPage {
  readonly page: Page;
  readonly problems: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.problems.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.problems.push(message.text());
    });
  }

  /** The page for the functions of page-probe.ts, which only evaluate. */
  get probed(): ProbedPage {
    return this.page as unknown as ProbedPage;
  }

  async join(name: string): Promise<void> {
    await this.write('Your name', name);
    await this.press('Join');
    await this.see('Leave', 'button');
  }

  async press(name: string): Promise<void> {
    await this.page.locator(`::-p-aria([name="${name}"][role="button"])`).click();
  }

  async write(label: string, text: string): Promise<void> {
    await this.page.locator(`::-p-aria([name="${label}"][role="textbox"])`).fill(text);
  }

  async see(name: string, role: string): Promise<void> {
    await this.page.waitForSelector(`::-p-aria([name="${name}"][role="${role}"])`);
  }

  async seeText(text: string): Promise<void> {
    await this.page.waitForSelector(`::-p-text(${text})`);
  }

  /** Resolves when the video of a tile, or of another element, plays on. */
  async expectMoving(selector: string): Promise<void> {
    await waitFor(
      growing(() => this.#place(selector)),
      { what: `${selector} to move in Firefox` },
    );
  }

  /** Resolves when the page receives sound. */
  async expectHears(): Promise<void> {
    await waitFor(
      growing(() => this.#energy()),
      { what: 'Firefox to hear' },
    );
  }

  /** Resolves when the page receives no sound while the video of this person plays on for a while. */
  async expectHearsNothing(name: string): Promise<void> {
    const silent = async (): Promise<boolean> => {
      const energy = await this.#energy();
      const from = await this.#place(this.tile(name));
      await waitFor(async () => (await this.#place(this.tile(name))) > from + SILENCE_SECONDS, {
        what: `${name} to move on in Firefox`,
      });
      return (await this.#energy()) === energy;
    };
    await waitFor(silent, { what: 'Firefox to hear nothing' });
  }

  #place(selector: string): Promise<number> {
    return this.page.evaluate(
      (css) => document.querySelector<HTMLVideoElement>(`${css} video`)?.currentTime ?? 0,
      selector,
    );
  }

  /** The energy of all sound that Firefox receives on its present connections. */
  async #energy(): Promise<number> {
    const streams = await inboundAudio(this.probed);
    return streams.reduce((sum, stream) => sum + stream.energy, 0);
  }

  async gone(selector: string): Promise<void> {
    await this.page.waitForSelector(selector, { hidden: true });
  }

  tile(name: string): string {
    return `[data-testid="tile"][data-peer-name="${name}"]`;
  }
}
