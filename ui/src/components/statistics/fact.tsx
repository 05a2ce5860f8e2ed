/** A name and a measured value. */
export function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-ink-faint">{name}</dt>
      <dd className="text-sm tabular-nums">{value}</dd>
    </div>
  );
}
