/** `visible`: the page was hidden. `focused`: it was visible all the time, for example beside another window. */
export type PageReturn = 'visible' | 'focused';

/** Reports when the person comes back to the page. Returns a function that stops the reports. */
export function watchPageReturn(onReturned: (how: PageReturn) => void): () => void {
  const onVisibility = (): void => {
    if (document.visibilityState === 'visible') onReturned('visible');
  };
  const onShow = (): void => onReturned('visible');
  const onFocus = (): void => onReturned('focused');
  document.addEventListener('visibilitychange', onVisibility);
  window.addEventListener('pageshow', onShow);
  window.addEventListener('focus', onFocus);
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    window.removeEventListener('pageshow', onShow);
    window.removeEventListener('focus', onFocus);
  };
}

/** Calls `onPress` in the task of each press in `target`, where browsers allow sound. Returns a function that stops this. */
export function watchPresses(target: EventTarget, onPress: () => void): () => void {
  const events = ['pointerup', 'keydown'];
  // In the capture phase, because a control may stop the event.
  for (const event of events) target.addEventListener(event, onPress, { capture: true });
  return () => {
    for (const event of events) target.removeEventListener(event, onPress, { capture: true });
  };
}
