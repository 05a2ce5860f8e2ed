import type { ReactNode } from 'react';

/** The picture beside the form; on a phone above the form. Aligned to the top, so that nothing moves when the form grows. */
export function PreJoinFrame({ preview, form }: { preview: ReactNode; form: ReactNode }) {
  return (
    <div className="mx-auto mb-auto grid w-full max-w-6xl items-start gap-6 lg:mt-[clamp(0rem,12vh,10rem)] lg:grid-cols-[minmax(0,1fr)_22rem] lg:gap-12">
      <div className="min-w-0">{preview}</div>
      <div className="min-w-0">{form}</div>
    </div>
  );
}
