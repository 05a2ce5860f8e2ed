import type { ReactNode } from 'react';
import { FocusedHeading } from './focused-heading.tsx';
import { PageShell } from './page-shell.tsx';

type MessagePageProps = { icon: ReactNode; title: string; text: ReactNode; children: ReactNode };

/** A page with one message. `children` are buttons for what to do next. */
export function MessagePage({ icon, title, text, children }: MessagePageProps) {
  return (
    <PageShell>
      <div className="mx-auto flex w-full max-w-md flex-col items-center text-center">
        <div
          aria-hidden
          className="flex size-16 items-center justify-center rounded-2xl border border-line bg-surface text-accent [&_svg]:size-7"
        >
          {icon}
        </div>
        <FocusedHeading className="mt-6 rounded text-2xl font-semibold tracking-tight text-balance outline-none sm:text-3xl">
          {title}
        </FocusedHeading>
        <div className="mt-3 text-pretty text-ink-soft">{text}</div>
        <div className="mt-8 flex w-full flex-col justify-center gap-3 sm:flex-row">{children}</div>
      </div>
    </PageShell>
  );
}
