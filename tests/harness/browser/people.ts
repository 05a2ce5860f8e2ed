import type { TestBrowser, Form } from './test-browser.ts';
import { expectMoving, pictureSize, shownSize, type Picture } from './playback.ts';
import { PreJoinPage, type CallPage } from './pages.ts';
import { waitFor } from '@parley/common/testing';

/** A new person opens the link of the room and joins through the page. */
export async function joinAs(
  browser: TestBrowser,
  code: string,
  name: string,
  form: Form = 'desktop',
): Promise<CallPage> {
  return new PreJoinPage(await browser.open(`/r/${code}`, form)).join(name);
}

export async function expectAllSeeEachOther(pages: readonly CallPage[]): Promise<void> {
  const pairs = pages.flatMap((page) =>
    pages.filter((other) => other !== page).map((other) => [page, other] as const),
  );
  await Promise.all(pairs.map(([page, other]) => expectMoving(page.video(other.name))));
}

/** A picture may be enlarged by this factor. Beyond it the picture looks soft. */
const MAX_ENLARGEMENT = 1.5;
/** The next smaller layer has half the lines. So a picture with more than twice the needed lines could have been smaller. */
const MAX_WASTE = 2;
const SMALLEST_LAYER_LINES = 180;

/** Whether the decoded picture has enough lines for its place on the screen, and not many more than that. */
function fits(picture: Picture, shown: Picture): boolean {
  const wanted = Math.max(shown.height, (shown.width * picture.height) / picture.width);
  const isEnough = picture.height * MAX_ENLARGEMENT >= wanted;
  const isThrifty = picture.height <= Math.max(SMALLEST_LAYER_LINES, wanted * MAX_WASTE);
  return isEnough && isThrifty;
}

/** Waits until the picture of this person has the right resolution for its tile. Senders change layers after some seconds. */
export async function expectRightResolution(page: CallPage, name: string): Promise<Picture> {
  const video = page.video(name);
  const look = async () => ({ picture: await pictureSize(video), shown: await shownSize(video) });
  return waitFor(
    async () => {
      const { picture, shown } = await look();
      return fits(picture, shown) && picture;
    },
    { what: `${page.name} to get ${name} in the resolution of the tile`, timeoutMs: 60_000, describe: look },
  );
}
