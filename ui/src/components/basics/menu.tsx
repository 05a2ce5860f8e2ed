'use client';

import { Check } from 'lucide-react';
import { DropdownMenu, Slot } from 'radix-ui';
import { useState, type ComponentProps, type ReactElement, type ReactNode } from 'react';
import { BackCloses } from '../../hooks/use-back.tsx';
import { cn } from './cn.ts';

const ITEM =
  'flex min-h-10 select-none items-center gap-3 rounded-lg px-3 py-2 text-sm text-ink outline-none data-disabled:opacity-50 data-highlighted:bg-lifted [&_svg]:size-4.5 [&_svg]:shrink-0 [&_svg]:text-ink-soft';

/** The list of a menu. Its root and trigger come from Radix directly. */
export function MenuContent({ className, children, ...props }: ComponentProps<typeof DropdownMenu.Content>) {
  return (
    <DropdownMenu.Portal>
      <DropdownMenu.Content
        sideOffset={10}
        collisionPadding={8}
        className={cn(
          'z-50 max-h-[min(28rem,var(--radix-dropdown-menu-content-available-height))] max-w-80 min-w-56 animate-rise overflow-y-auto rounded-2xl border border-line bg-raised p-1.5 shadow-float',
          className,
        )}
        {...props}
      >
        <BackCloses />
        {children}
      </DropdownMenu.Content>
    </DropdownMenu.Portal>
  );
}

type LazyMenuProps = {
  /** One element that takes the properties and the reference of a button. */
  button: ReactElement;
  /** The items. What is a component of its own is made with the menu. */
  children: ReactNode;
};

/** The menu of a row or a tile, of which a page has many: until its first press it is nothing but its button. */
export function LazyMenu({ button, children }: LazyMenuProps) {
  const [isUsed, setUsed] = useState(false);
  if (!isUsed) return <MenuButton button={button} onUse={() => setUsed(true)} />;
  return (
    <DropdownMenu.Root modal={false} defaultOpen>
      <DropdownMenu.Trigger asChild>{button}</DropdownMenu.Trigger>
      <MenuContent align="end">{children}</MenuContent>
    </DropdownMenu.Root>
  );
}

/** The button of a menu that is not made yet; it should open at once when it is made. */
export function MenuButton({ button, onUse }: { button: ReactElement; onUse: () => void }) {
  return (
    <Slot.Root
      aria-haspopup="menu"
      aria-expanded={false}
      data-state="closed"
      onClick={onUse}
      onKeyDown={({ key }) => {
        if (key === 'ArrowDown') onUse();
      }}
    >
      {button}
    </Slot.Root>
  );
}

export function MenuItem({ className, ...props }: ComponentProps<typeof DropdownMenu.Item>) {
  return <DropdownMenu.Item className={cn(ITEM, className)} {...props} />;
}

export function MenuLabel({ className, ...props }: ComponentProps<typeof DropdownMenu.Label>) {
  return (
    <DropdownMenu.Label
      className={cn('px-3 pt-2.5 pb-1 text-xs font-medium text-ink-faint', className)}
      {...props}
    />
  );
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="mx-2 my-1.5 h-px bg-line" />;
}

type MenuChoiceProps = { value: string; children: ReactNode };

/** One choice of several; goes inside DropdownMenu.RadioGroup. */
export function MenuChoice({ value, children }: MenuChoiceProps) {
  return (
    <DropdownMenu.RadioItem value={value} className={cn(ITEM, 'ps-9')}>
      <DropdownMenu.ItemIndicator className="absolute start-4">
        <Check />
      </DropdownMenu.ItemIndicator>
      <span className="min-w-0 wrap-anywhere">{children}</span>
    </DropdownMenu.RadioItem>
  );
}
