'use client';

import { useSyncExternalStore, type ReactNode } from 'react';
import type { Lack } from '../../browser/call-needs.ts';
import { UnsupportedBrowser } from './unsupported-browser.tsx';

const never = () => () => {};
const readLack = () => (document.documentElement.dataset.lacks as Lack | undefined) ?? null;

/**
 * Shows its children only in a browser that can take part in calls. Until the code of the page runs, the style sheet decides, so that a
 * browser that cannot read the code shows the right words for ever.
 */
export function CallGate({ children }: { children: ReactNode }) {
  const lack = useSyncExternalStore(never, readLack, () => undefined);
  if (lack) return <UnsupportedBrowser lack={lack} />;
  return (
    <>
      {lack === null ? null : (
        <>
          <div className="lacks-old">
            <UnsupportedBrowser lack="old" />
          </div>
          <div className="lacks-webrtc">
            <UnsupportedBrowser lack="webrtc" />
          </div>
        </>
      )}
      <div className="contents needs-call">{children}</div>
    </>
  );
}
