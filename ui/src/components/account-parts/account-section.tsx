import { useId, type ReactNode } from 'react';

type AccountSectionProps = { title: string; intro?: string; children: ReactNode };

/** One part of the account page. */
export function AccountSection({ title, intro, children }: AccountSectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="glass rounded-3xl p-6 shadow-float">
      <h2 id={id} className="text-lg font-semibold">
        {title}
      </h2>
      {intro === undefined ? null : <p className="mt-1 text-sm text-pretty text-ink-soft">{intro}</p>}
      <div className="mt-4">{children}</div>
    </section>
  );
}
