export type PageEvents = {
  /** The page goes away, perhaps into the back-forward cache; nothing after this task is certain to run. */
  onHide: () => void;
  /** The network is back or is another one. */
  onNetworkChanged: () => void;
};

/** Not in the type library yet, and not in every browser. Desktop browsers give no `type`. */
type NetworkInformation = EventTarget & { type?: string };

/** Reports when the page goes away and when the network changes. Returns a function that stops the reports. */
export function watchPage(events: PageEvents): () => void {
  const connection = (navigator as Navigator & { connection?: NetworkInformation }).connection;
  const { onHide, onNetworkChanged } = events;
  window.addEventListener('pagehide', onHide);
  window.addEventListener('online', onNetworkChanged);
  let type = connection?.type;
  // The event also fires for each new estimate of the speed, which the media of the call causes.
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
