import { Spinner } from '../basics/spinner.tsx';

export function Joining() {
  return (
    <div
      role="status"
      className="flex flex-1 items-center justify-center gap-3 rounded-xl bg-surface text-ink-soft"
    >
      <Spinner />
      <span>Joining…</span>
    </div>
  );
}
