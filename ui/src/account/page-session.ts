import { logInMark } from './log-in-mark.ts';
import { Session } from './session.ts';
import { TabLock } from './tab-lock.ts';

const NAME = 'parley.account';

/** The log-in of this page; it starts when the page first asks for it, in the browser. */
export const pageSession: Session = new Session({
  origin: '',
  mark: logInMark(),
  lock: new TabLock(NAME, {
    locks: () => (navigator as { locks?: LockManager }).locks,
  }),
  openChannel: () => {
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) pageSession.wake();
    });
    // A page that "back" brings up again is as it was when it was left.
    addEventListener('pageshow', ({ persisted }) => {
      if (persisted) pageSession.wake();
    });
    return new BroadcastChannel(NAME);
  },
  isHidden: () => document.hidden,
});
