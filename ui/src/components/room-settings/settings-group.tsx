import type { ReactNode } from 'react';

/** Settings that belong together, under their heading. */
export function SettingsGroup({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-7 first:mt-0">
      <h3 className="mb-3 text-sm font-semibold text-ink-soft">{title}</h3>
      <div className="flex flex-col gap-3">{children}</div>
    </section>
  );
}
