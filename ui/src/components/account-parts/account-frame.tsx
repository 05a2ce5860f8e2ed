import type { ReactNode } from 'react';
import { FocusedHeading } from '../page/focused-heading.tsx';
import { PageShell } from '../page/page-shell.tsx';

type AccountFrameProps = {
  title: string;
  intro?: ReactNode;
  children?: ReactNode;
  /** Links to other pages, below. */
  links?: ReactNode;
};

/** A page with one form. Whatever replaces the form has another title, which then takes the focus. */
export function AccountFrame({ title, intro, children, links }: AccountFrameProps) {
  return (
    <PageShell>
      <div className="mx-auto w-full max-w-md">
        <section className="glass rounded-3xl p-6 shadow-float sm:p-8">
          <FocusedHeading
            key={title}
            className="rounded text-2xl font-semibold tracking-tight text-balance wrap-anywhere outline-none"
          >
            {title}
          </FocusedHeading>
          {intro === undefined ? null : (
            <div className="mt-2 text-sm text-pretty wrap-anywhere text-ink-soft">{intro}</div>
          )}
          {children === undefined ? null : <div className="mt-5 flex flex-col gap-3">{children}</div>}
        </section>
        {links === undefined ? null : (
          <nav className="mt-6 flex flex-wrap items-center justify-center gap-x-5 gap-y-3 text-sm text-ink-soft">
            {links}
          </nav>
        )}
      </div>
    </PageShell>
  );
}
