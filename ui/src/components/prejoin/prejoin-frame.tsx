import type { ReactNode } from 'react';

/** Picture beside the form; on a phone above it. */
export function PreJoinFrame({ preview, form }: { preview: ReactNode; form: ReactNode }) {
  return (
    <div className="mx-auto grid w-full max-w-6xl items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem] lg:items-center lg:gap-12">
      <div className="min-w-0">{preview}</div>
      <div className="min-w-0">{form}</div>
    </div>
  );
}
