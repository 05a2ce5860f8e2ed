export type PageEvents = {
  /** The page is closed or goes into the back-forward cache. Later tasks may never run. */
  onHide: () => void;
  /** The network is back, or the device uses another network. */
  onNetworkChanged: () => void;
};

/** Not in the DOM types of TypeScript yet, and not in every browser. Desktop browsers do not set `type`. */
type NetworkInformation = EventTarget & { type?: string };

/** Reports when the page goes away and when the network changes. Returns a function that stops the reports. */
export function watchPage(events: PageEvents): () => void {
  const connection = (navigator as Navigator & { connection?: NetworkInformation }).connection;
  const { onHide, onNetworkChanged } = events;
  window.addEventListener('pagehide', onHide);
  window.addEventListener('online', onNetworkChanged);
  let type = connection?.type;
  // The event also fires for each new estimate of the speed, which the traffic of the call changes.
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
