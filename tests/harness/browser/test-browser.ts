import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { ProcessLock } from '../../../scripts/lib/lock.mjs';
import { installProbe, keepAllPictures, keepCameraOff } from './page-probe.ts';
import { WireLog } from './wire-log.ts';

// The fewest frames a second that Chromium offers: this machine encodes, decodes and draws for all people of a call.
const FAKE_DEVICES = '--use-fake-device-for-media-stream=fps=5';

/** A flag for what measures pictures: of two such flags Chromium takes the last. */
export const TEN_PICTURES_A_SECOND = '--use-fake-device-for-media-stream=fps=10';

const FLAGS = [
  '--no-sandbox',
  '--autoplay-policy=no-user-gesture-required',
  // The popups of an address bar that nobody sees are two pages, which each new person would load.
  '--disable-features=WebRtcHideLocalIpsWithMdns,WebUIOmniboxPopup,WebUIOmniboxAimPopup',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

export type BrowserKind =
  /** Fake devices, and the browser grants every permission. */
  | 'willing'
  /** The same as `willing`, but people come with their camera off, for tests of what is no picture. */
  | 'camera-off'
  /** Fake devices, and the browser denies every permission. */
  | 'refusing'
  /** No camera and no microphone. */
  | 'without-devices';

const KIND_FLAGS: Record<BrowserKind, string[]> = {
  willing: [FAKE_DEVICES, '--use-fake-ui-for-media-stream'],
  'camera-off': [FAKE_DEVICES, '--use-fake-ui-for-media-stream'],
  refusing: [FAKE_DEVICES],
  'without-devices': [],
};

export type Form = 'desktop' | 'phone';

const FORMS = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
} as const;

/** A tab, with everything that it sent and received, and the errors of its page. */
export type Tab = { page: Page; context: BrowserContext; wire: WireLog; problems: string[] };

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** The Chromium of a test file, with one context for each person. A lock prevents two at the same time on one machine. */
export class TestBrowser {
  readonly #browser: Browser;
  readonly #lock: ProcessLock | undefined;
  readonly #origin: string;
  readonly #kind: BrowserKind;

  /** @param flags Flags of Chromium, in addition to those of every test. */
  static async launch(
    origin: string,
    kind: BrowserKind = 'willing',
    flags: readonly string[] = [],
  ): Promise<TestBrowser> {
    const lock = await ProcessLock.acquire('chromium of tests', () => {});
    try {
      return new TestBrowser(await start(CHROMIUM, [...KIND_FLAGS[kind], ...flags]), lock, origin, kind);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  private constructor(
    browser: Browser,
    lock: ProcessLock | undefined,
    origin: string,
    kind: BrowserKind = 'willing',
  ) {
    this.#browser = browser;
    this.#lock = lock;
    this.#origin = origin;
    this.#kind = kind;
  }

  get version(): string {
    return this.#browser.version();
  }

  /**
   * A second Chromium, for people on another machine. It uses the lock of this one: close it first.
   * @param programFor Gives the program to run in place of the Chromium at this path.
   * @param origin Where its people open the pages. Its certificate may be signed by itself.
   */
  async beside(programFor: (chromium: string) => string, origin = this.#origin): Promise<TestBrowser> {
    const browser = await start(programFor(CHROMIUM), KIND_FLAGS.willing);
    return new TestBrowser(browser, undefined, origin);
  }

  /**
   * A new person, with a browser profile of their own.
   * @param before Runs in each page before the scripts of the page. It must not use anything from outside of its body.
   * @param serviceWorkers Blocked unless a test is about them: Playwright does not see every request of a page that has one.
   */
  async open(
    path = '/',
    form: Form = 'desktop',
    before?: (() => void) | { content: string },
    serviceWorkers: 'allow' | 'block' = 'block',
  ): Promise<Tab> {
    const context = await this.#browser.newContext({
      ...FORMS[form],
      baseURL: this.#origin,
      locale: 'en-GB',
      serviceWorkers,
      ignoreHTTPSErrors: this.#origin.startsWith('https:'),
    });
    await context.addInitScript(installProbe);
    await context.addInitScript(keepAllPictures);
    if (this.#kind === 'camera-off') await context.addInitScript(keepCameraOff);
    if (before !== undefined) await context.addInitScript(before);
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const tab: Tab = { page, context, wire: new WireLog(page), problems: [] };
    page.on('pageerror', (error) => tab.problems.push(`exception: ${error.stack ?? error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') tab.problems.push(`console: ${message.text()}`);
    });
    await page.goto(path);
    return tab;
  }

  /** Everybody closes their browser: the cameras of tabs that no test needs any more take the machine from the next. */
  async closeTabs(): Promise<void> {
    await Promise.all(this.#browser.contexts().map((context) => context.close()));
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#lock?.release();
  }
}

function start(executablePath: string, flags: readonly string[]): Promise<Browser> {
  return chromium.launch({ executablePath, args: [...FLAGS, ...flags] });
}
