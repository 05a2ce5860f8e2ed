'use client';

import { useEffect, useRef, type ReactNode } from 'react';

/** The heading of a page that came in place of another: whoever listens or uses the keyboard begins here. */
export function FocusedHeading({ className, children }: { className?: string; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <h1 ref={heading} tabIndex={-1} className={className}>
      {children}
    </h1>
  );
}
