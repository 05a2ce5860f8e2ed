'use client';

import { useEffect, useRef, type ReactNode } from 'react';

/** The heading of a page that replaces another. It takes the focus, so that keyboard and screen reader begin here. */
export function FocusedHeading({ className, children }: { className?: string; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <h1 ref={heading} tabIndex={-1} className={className}>
      {children}
    </h1>
  );
}
