import type { Announcement } from '../../hooks/use-announcements.ts';

/** Lines that only assistive technology reads. */
export function LiveLines({ lines, testId }: { lines: readonly Announcement[]; testId?: string }) {
  return (
    <div aria-live="polite" data-testid={testId} className="sr-only">
      {lines.map((line) => (
        <p key={line.id}>{line.text}</p>
      ))}
    </div>
  );
}
