'use client';

import { Check, ChevronDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useId, useState, type ReactNode } from 'react';
import { BackCloses } from '../../hooks/use-back.tsx';
import { cn } from './cn.ts';

type SelectOption = {
  value: string;
  label: string;
  /** The language of the label, if it is not that of the page. */ lang?: string;
};

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
  'flex h-11 w-full min-w-0 items-center gap-2.5 rounded-xl border border-line-strong bg-surface px-3 text-start text-sm text-ink enabled:hover:bg-raised disabled:cursor-not-allowed disabled:text-ink-faint [&_svg]:size-4.5 [&_svg]:shrink-0 [&_svg]:text-ink-soft';

/**
 * A choice from a list. The label is for assistive technology, the icon for the eye. Built on a menu that is not modal, because Radix's own
 * select hides the page behind it from assistive technology although the page still has controls that take the focus.
 */
export function Select({ label, value, options, onChange, icon, disabled, className }: SelectProps) {
  const [open, setOpen] = useState(false);
  const listId = useId();
  const chosen = options.find((option) => option.value === value);
  return (
    <DropdownMenu.Root modal={false} open={open} onOpenChange={setOpen}>
      <DropdownMenu.Trigger
        role="combobox"
        aria-haspopup="listbox"
        aria-expanded={open}
        aria-controls={open ? listId : undefined}
        aria-label={label}
        disabled={disabled}
        className={cn(TRIGGER, className)}
      >
        {icon}
        <span lang={chosen?.lang} className="min-w-0 flex-1 truncate">
          {chosen?.label}
        </span>
        <ChevronDown aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          id={listId}
          role="listbox"
          aria-label={label}
          sideOffset={6}
          collisionPadding={8}
          className="z-60 max-h-(--radix-dropdown-menu-content-available-height) w-(--radix-dropdown-menu-trigger-width) min-w-56 animate-fade overflow-y-auto rounded-xl border border-line bg-raised p-1.5 shadow-float"
        >
          <BackCloses />
          <DropdownMenu.RadioGroup value={value} onValueChange={onChange}>
            {options.map((option) => (
              <Option key={option.value} option={option} selected={option.value === value} />
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Option({ option, selected }: { option: SelectOption; selected: boolean }) {
  return (
    <DropdownMenu.RadioItem
      value={option.value}
      role="option"
      aria-checked={undefined}
      aria-selected={selected}
      className="relative flex min-h-10 select-none items-center rounded-lg py-2 ps-9 pe-3 text-sm text-ink outline-none data-highlighted:bg-lifted"
    >
      <DropdownMenu.ItemIndicator className="absolute start-2.5">
        <Check aria-hidden className="size-4 text-accent" />
      </DropdownMenu.ItemIndicator>
      <span lang={option.lang}>{option.label}</span>
    </DropdownMenu.RadioItem>
  );
}
