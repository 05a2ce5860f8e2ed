import { Spinner } from '../basics/spinner.tsx';

/** Says that a page goes on by itself, and when. */
export function WaitingNote({ children }: { children: string }) {
  return (
    <p role="status" className="mt-4 flex items-center justify-center gap-2">
      <Spinner />
      <span>{children}</span>
    </p>
  );
}
