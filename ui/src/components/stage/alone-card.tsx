import { Users } from 'lucide-react';
import { CopyLink } from '../ui/copy-link.tsx';

/** Nobody else is here yet: how to get them. */
export function AloneCard() {
  return (
    <div className="glass absolute inset-x-4 top-4 mx-auto flex w-fit max-w-[calc(100%-2rem)] animate-rise items-center gap-3 rounded-2xl p-2.5 pl-4 shadow-float max-sm:flex-wrap max-sm:justify-center">
      <Users aria-hidden className="size-4.5 shrink-0 text-accent" />
      <p className="text-sm">You are the only one here. Send the link to invite others.</p>
      <CopyLink />
    </div>
  );
}
