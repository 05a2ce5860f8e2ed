export type PageEvents = {
  /** The page goes away, perhaps into the back-forward cache; nothing after this task is certain to run. */
  onHide: () => void;
  /** The network is back or is another one. */
  onNetworkChanged: () => void;
};

/** Newer than the type library, and not in every browser. */
type NetworkInformation = EventTarget;

/** What the browser tells of the page and its network. Returns how to stop listening. */
export function watchPage(events: PageEvents): () => void {
  const connection = (navigator as Navigator & { connection?: NetworkInformation }).connection;
  const { onHide, onNetworkChanged } = events;
  window.addEventListener('pagehide', onHide);
  window.addEventListener('online', onNetworkChanged);
  connection?.addEventListener('change', onNetworkChanged);
  return () => {
    window.removeEventListener('pagehide', onHide);
    window.removeEventListener('online', onNetworkChanged);
    connection?.removeEventListener('change', onNetworkChanged);
  };
}
