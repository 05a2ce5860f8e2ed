import { Users } from 'lucide-react';
import { CopyLink } from '../basics/copy-link.tsx';

/** Says that nobody else is here yet, and offers the link to invite others. */
export function AloneCard() {
  return (
    <div className="glass absolute top-3 left-3 flex w-fit max-w-[calc(100%-4.5rem)] animate-rise items-center gap-3 rounded-2xl p-2.5 pl-4 shadow-float sm:left-1/2 sm:-translate-x-1/2">
      <Users aria-hidden className="size-4.5 shrink-0 text-accent max-sm:hidden" />
      <p className="text-sm">
        You are the only one here. <span className="max-sm:hidden">Send the link to invite others.</span>
      </p>
      <CopyLink />
    </div>
  );
}
