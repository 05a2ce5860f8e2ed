import type { ReactNode } from 'react';

/**
 * The content of a panel. Its first part scrolls on its own. In a window that is too low for that, as with large letters or a keyboard on a
 * phone lying on its side, the content scrolls as a whole, so that nothing is drawn over another part.
 */
export function PanelBody({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto [&>:first-child]:min-h-24">{children}</div>
  );
}
