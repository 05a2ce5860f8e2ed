import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn.ts';
import { Tip } from './tip.tsx';

const iconButton = cva(
  'relative inline-flex shrink-0 select-none items-center justify-center rounded-full transition-colors duration-150 disabled:cursor-not-allowed disabled:opacity-50 [&_svg]:shrink-0',
  {
    variants: {
      tone: {
        neutral: 'bg-raised text-ink enabled:hover:bg-lifted',
        active: 'bg-accent text-accent-ink enabled:hover:bg-accent-strong',
        off: 'bg-danger-soft/15 text-danger-soft enabled:hover:bg-danger-soft/25',
        danger: 'bg-danger text-white enabled:hover:bg-danger-strong',
        quiet: 'text-ink-soft enabled:hover:bg-lifted enabled:hover:text-ink',
      },
      size: {
        small: 'size-9 [&_svg]:size-4.5',
        medium: 'size-11 [&_svg]:size-5',
        large: 'size-12 [&_svg]:size-5.5',
      },
    },
    defaultVariants: { tone: 'neutral', size: 'medium' },
  },
);

export type IconButtonProps = Omit<ComponentProps<'button'>, 'children'> &
  VariantProps<typeof iconButton> & {
    /** The accessible name, and the tooltip. */
    label: string;
    /** Shown in the tooltip beside the label. */
    shortcut?: string | undefined;
    children: ReactNode;
  };

/** A round button with an icon, a name and a tooltip that says the same. */
export function IconButton({ label, shortcut, tone, size, className, children, ...props }: IconButtonProps) {
  return (
    <Tip text={label} shortcut={shortcut}>
      <button
        type="button"
        aria-label={label}
        data-tone={tone ?? 'neutral'}
        className={cn(iconButton({ tone, size }), className)}
        // A click must not focus the button: the space bar would press it again instead of opening the microphone.
        onMouseDown={(event) => event.preventDefault()}
        {...props}
      >
        {children}
      </button>
    </Tip>
  );
}
