'use client';

import { Check, ChevronDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';

export type SelectOption = { value: string; label: string };

type SelectProps = {
  label: string;
  value: string;
  options: readonly SelectOption[];
  onChange: (value: string) => void;
  icon?: ReactNode;
  disabled?: boolean;
  className?: string;
};

const TRIGGER =
  'flex h-11 w-full min-w-0 items-center gap-2.5 rounded-xl border border-line-strong bg-surface px-3 text-left text-sm text-ink enabled:hover:bg-raised disabled:cursor-not-allowed disabled:text-ink-faint data-placeholder:text-ink-faint [&_svg]:size-4.5 [&_svg]:shrink-0 [&_svg]:text-ink-soft';

/** A choice from a list. The label names it for assistive technology; the icon stands for it to the eye. */
export function Select({ label, value, options, onChange, icon, disabled, className }: SelectProps) {
  return (
    <Radix.Root value={value} onValueChange={onChange} disabled={disabled}>
      <Radix.Trigger aria-label={label} className={cn(TRIGGER, className)}>
        {icon}
        <span className="min-w-0 flex-1 truncate">
          <Radix.Value />
        </span>
        <Radix.Icon>
          <ChevronDown />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={6}
          collisionPadding={8}
          className="z-60 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) max-w-[calc(100vw-1rem)] animate-fade overflow-hidden rounded-xl border border-line bg-raised p-1.5 shadow-float"
        >
          <Radix.Viewport>
            {options.map((option) => (
              <Option key={option.value} option={option} />
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Option({ option }: { option: SelectOption }) {
  return (
    <Radix.Item
      value={option.value}
      className="relative flex min-h-10 select-none items-center rounded-lg py-2 pr-3 pl-9 text-sm text-ink outline-none data-highlighted:bg-lifted"
    >
      <Radix.ItemIndicator className="absolute left-2.5">
        <Check className="size-4 text-accent" />
      </Radix.ItemIndicator>
      <Radix.ItemText>{option.label}</Radix.ItemText>
    </Radix.Item>
  );
}
