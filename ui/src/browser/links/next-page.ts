const START = '/';
/** No page can have this origin, so an address that keeps it is a path. */
const NOWHERE = 'http://nowhere.invalid';
const KEPT_AS = 'parley.next';

/** The page that a log-in leads to, as the address says; the start page if that names none of this server. */
export function nextPage(search: string): string {
  return ownPath(new URLSearchParams(search).get('next'));
}

/** The address of an account page that leads back to `next` in the end. */
export function withNext(page: string, next: string): string {
  return next === START ? page : `${page}?${new URLSearchParams({ next }).toString()}`;
}

/** Remembers the page for the way through a provider, whose answer leads to the log-in page without it. */
export function keepNextPage(next: string): void {
  try {
    sessionStorage.setItem(KEPT_AS, next);
  } catch {
    // The way then ends at the start page.
  }
}

/** The page that was remembered. It is forgotten with that. */
export function takeNextPage(): string {
  try {
    const kept = sessionStorage.getItem(KEPT_AS);
    sessionStorage.removeItem(KEPT_AS);
    return ownPath(kept);
  } catch {
    return START;
  }
}

/** Anybody can write the address of this page, and it must not lead to another site. */
function ownPath(given: string | null): string {
  if (given === null || !given.startsWith('/') || !URL.canParse(given, NOWHERE)) return START;
  const { origin, pathname, search, hash } = new URL(given, NOWHERE);
  return origin !== NOWHERE || pathname.startsWith('//') ? START : `${pathname}${search}${hash}`;
}
