/** Lets the browser offer to install the page. Where that fails, as with a certificate of one's own, the page works without. */
export function registerServiceWorker(): void {
  // Absent on pages that are not secure, and in some private windows.
  const container = (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker;
  if (container === undefined || process.env.NODE_ENV === 'development') return;
  // Another address for another language: the browser then takes the worker with its words.
  const language = document.documentElement.lang;
  const register = () =>
    void container.register(`/service-worker.js?language=${language}`).catch(() => undefined);
  // The worker is registered after the page has what it needs itself.
  if (document.readyState === 'complete') register();
  else window.addEventListener('load', register, { once: true });
}
