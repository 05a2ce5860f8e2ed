/** TypeScript's DOM types lack this yet: https://wicg.github.io/document-picture-in-picture/ */
type DocumentPictureInPicture = {
  requestWindow(options: { width: number; height: number }): Promise<Window>;
};

const SIZE = { width: 360, height: 240 };

/** Opens a small window above all others, with the styles of this page. Null if the browser has no such windows. */
export async function openCompanionWindow(): Promise<Window | null> {
  const api = (window as { documentPictureInPicture?: DocumentPictureInPicture }).documentPictureInPicture;
  if (api === undefined) return null;
  const companion = await api.requestWindow(SIZE);
  for (const styles of document.querySelectorAll('link[rel="stylesheet"], style')) {
    companion.document.head.append(styles.cloneNode(true));
  }
  const { documentElement, body, title } = document;
  companion.document.documentElement.className = documentElement.className;
  companion.document.documentElement.lang = documentElement.lang;
  companion.document.documentElement.dir = documentElement.dir;
  companion.document.body.className = body.className;
  companion.document.title = title;
  return companion;
}

/** The largest playing video of the page. */
export function largestVideo(): HTMLVideoElement | null {
  const playing = [...document.querySelectorAll('video')].filter((video) => video.readyState >= 2);
  return playing.sort((a, b) => area(b) - area(a))[0] ?? null;
}

function area(element: HTMLElement): number {
  return element.clientWidth * element.clientHeight;
}
