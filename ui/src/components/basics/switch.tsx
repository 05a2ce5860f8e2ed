'use client';

import { Switch as Radix } from 'radix-ui';
import { useId } from 'react';

type SwitchProps = { label: string; hint?: string; checked: boolean; onChange: (checked: boolean) => void };

export function Switch({ label, hint, checked, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div className="flex min-h-11 items-center gap-4">
      <label htmlFor={id} className="min-w-0 flex-1 text-sm">
        <span className="block">{label}</span>
        {hint === undefined ? null : <span className="block text-ink-faint">{hint}</span>}
      </label>
      <Radix.Root
        id={id}
        checked={checked}
        onCheckedChange={onChange}
        className="h-6 w-10 shrink-0 rounded-full border border-line-strong bg-lifted transition-colors data-[state=checked]:border-transparent data-[state=checked]:bg-accent"
      >
        <Radix.Thumb className="block size-4.5 translate-x-0.5 rounded-full bg-ink transition-transform data-[state=checked]:translate-x-[1.15rem] rtl:-translate-x-0.5 rtl:data-[state=checked]:-translate-x-[1.15rem] data-[state=checked]:bg-accent-ink" />
      </Radix.Root>
    </div>
  );
}
