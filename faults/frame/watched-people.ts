import { atMost, mustBe, type Finding } from '../../attack/frame/attack.ts';
import { enabledCaptures } from '../../tests/harness/browser/page-probe.ts';
import type { CallPage } from '../../tests/harness/browser/pages.ts';
import { expectAllSeeEachOther, joinAs } from '../../tests/harness/browser/people.ts';
import { FilmCamera, type Film } from '../../tests/harness/browser/film-camera.ts';
import { TEN_PICTURES_A_SECOND, TestBrowser } from '../../tests/harness/browser/test-browser.ts';
import { callRoute } from '../../tests/harness/peer/rest-client.ts';
import { gapsOf, watchGaps, type Gap } from './gap-watch.ts';
import { secondsUntil } from './waiting.ts';

/** A picture that stands no longer than this moves. */
const MOVING_MS = 750;
const BREAKS_WITHIN_MS = 5_000;
const KNOWN_WITHIN_MS = 2_000;
const NAMES = ['Ada', 'Bela', 'Chen', 'Dora'] as const;

/** Two to four people in real browsers in one call. The second one is muted. */
export class WatchedPeople {
  readonly browser: TestBrowser;
  readonly pages: readonly CallPage[];
  readonly ada: CallPage;
  /** Muted. */
  readonly bela: CallPage;
  readonly #camera: FilmCamera | null;

  /** @param film What each camera shows. Default: the usual picture of Chromium, ten times a second. */
  static async join(origin: string, count: number, film: Film | null = null): Promise<WatchedPeople> {
    const camera = film && new FilmCamera(film);
    const flags = [camera?.flag ?? TEN_PICTURES_A_SECOND];
    const browser = await TestBrowser.launch(origin, 'willing', flags).catch((error: unknown) => {
      camera?.remove();
      throw error;
    });
    try {
      const { code } = await callRoute(origin, 'createRoom', { body: {} });
      const pages: CallPage[] = [];
      for (const name of NAMES.slice(0, count)) pages.push(await joinAs(browser, code, name));
      const people = new WatchedPeople(browser, pages, camera);
      await people.bela.press('Mute microphone');
      await expectAllSeeEachOther(pages);
      await people.ada.tileSaying('Bela', 'muted').waitFor();
      return people;
    } catch (error) {
      await browser.close();
      camera?.remove();
      throw error;
    }
  }

  private constructor(browser: TestBrowser, pages: readonly CallPage[], camera: FilmCamera | null) {
    const [ada, bela] = pages;
    if (!ada || !bela) throw new Error('a call has two people at least');
    this.browser = browser;
    this.#camera = camera;
    this.pages = pages;
    this.ada = ada;
    this.bela = bela;
  }

  get count(): number {
    return this.pages.length;
  }

  close(): Promise<void> {
    return this.browser.close().finally(() => this.#camera?.remove());
  }

  /** Begins to measure. */
  async watch(): Promise<void> {
    await Promise.all(this.pages.map(watchGaps));
  }

  /** Resolves when a picture stands, so that a return is not noticed before the loss; after a while in any case. */
  async broken(): Promise<void> {
    await secondsUntil(async () => (await this.longestGapMs()) > MOVING_MS, BREAKS_WITHIN_MS);
  }

  /** Resolves with the seconds until every picture moves at every page, or with the whole time if they do not. */
  backAfter(withinMs: number): Promise<number> {
    return secondsUntil(() => this.#moves(), withinMs);
  }

  /** The longest time for which any picture stood still at any page since `watch`, in milliseconds. */
  async longestGapMs(): Promise<number> {
    return (await this.#worstGap()).ms;
  }

  /** The name of everybody whose tile was away at any page at any time since `watch`. */
  async nobodyLeft(): Promise<Finding> {
    const gaps = await Promise.all(this.pages.map(gapsOf));
    const gone = new Set(gaps.flatMap((one) => one.gone));
    return mustBe('people that were shown leaving', [...gone].join(', ') || 'nobody', 'nobody');
  }

  async longestGap(bar: number, unit: 's' | 'ms'): Promise<Finding> {
    const { ms, from, seen } = await this.#worstGap();
    // For who reads the logs of that moment.
    const what = `longest gap of any picture: ${seen}, from ${new Date(from).toISOString()}`;
    return atMost(what, unit === 's' ? ms / 1_000 : Math.round(ms), bar, unit);
  }

  /** The person who was muted is muted still, and sends nothing. Everybody is there once at every page. */
  async afterwards(): Promise<Finding[]> {
    const tiles = await Promise.all(this.pages.map((page) => page.tiles().count()));
    const shownMuted = (): Promise<number> => this.ada.tileSaying('Bela', 'muted').count();
    // While somebody's media comes back, nobody knows whether they are muted.
    await secondsUntil(async () => (await shownMuted()) === 1, KNOWN_WITHIN_MS);
    return [
      mustBe('people that are shown muted', await shownMuted(), 1),
      mustBe('microphones that the muted person captures', await enabledCaptures(this.bela.page, 'audio'), 0),
      mustBe('tiles at each page', [...new Set(tiles)].join(' or '), this.count),
    ];
  }

  /** `seen`: whose picture at whose page. */
  async #worstGap(): Promise<Gap & { seen: string }> {
    const all = await Promise.all(
      this.pages.map(async (page) =>
        Object.entries((await gapsOf(page)).longest).map(([person, gap]) => ({
          ...gap,
          seen: `${person} at ${page.name}'s`,
        })),
      ),
    );
    const [worst = { ms: 0, from: 0, seen: 'nobody' }] = all.flat().toSorted((a, b) => b.ms - a.ms);
    return worst;
  }

  async #moves(): Promise<boolean> {
    const gaps = await Promise.all(this.pages.map(gapsOf));
    return gaps.every(
      ({ stillMs }) =>
        Object.keys(stillMs).length === this.count - 1 &&
        Object.values(stillMs).every((still) => still < MOVING_MS),
    );
  }
}
