export type PageEvents = {
  /** The page is closed or goes into the back-forward cache. Later tasks may never run. */
  onHide: () => void;
  /** The network is back, or the device uses another network. */
  onNetworkChanged: () => void;
  /** The page is shown again, or goes on after the system had stopped it. */
  onReturned: () => void;
};

/** `pageshow`: out of the back-forward cache. `resume`: after `freeze`. The page may have missed anything meanwhile. */
const RETURNS = ['visibilitychange', 'pageshow', 'resume'];

/** Not in the DOM types of TypeScript yet, and not in every browser. Desktop browsers do not set `type`. */
type NetworkInformation = EventTarget & { type?: string };

/** Reports when the page goes away and comes back, and when the network changes. Returns a function that stops the reports. */
export function watchPage(events: PageEvents): () => void {
  const connection = (navigator as Navigator & { connection?: NetworkInformation }).connection;
  const { onHide, onNetworkChanged, onReturned } = events;
  const onReturn = (event: Event): void => {
    if (event.type !== 'visibilitychange' || document.visibilityState === 'visible') onReturned();
  };
  // In the capture phase, because not each of these events of the document bubbles.
  for (const name of RETURNS) window.addEventListener(name, onReturn, { capture: true });
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
    for (const name of RETURNS) window.removeEventListener(name, onReturn, { capture: true });
  };
}
