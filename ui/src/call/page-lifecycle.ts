export type PageEvents = {
  /** The page goes away, perhaps into the back-forward cache; nothing after this task is certain to run. */
  onHide: () => void;
  /** The network is back or is another one. */
  onNetworkChanged: () => void;
};

/** Newer than the type library, and not in every browser; desktops tell no type. */
type NetworkInformation = EventTarget & { type?: string };

/** What the browser tells of the page and its network. Returns how to stop listening. */
export function watchPage(events: PageEvents): () => void {
  const connection = (navigator as Navigator & { connection?: NetworkInformation }).connection;
  const { onHide, onNetworkChanged } = events;
  window.addEventListener('pagehide', onHide);
  window.addEventListener('online', onNetworkChanged);
  let type = connection?.type;
  // It also tells of each new estimate of the speed, which media itself causes.
  const onChange = (): void => {
    if (connection?.type === type) return;
    type = connection?.type;
    onNetworkChanged();
  };
  connection?.addEventListener('change', onChange);
  return () => {
    window.removeEventListener('pagehide', onHide);
    window.removeEventListener('online', onNetworkChanged);
    connection?.removeEventListener('change', onChange);
  };
}
