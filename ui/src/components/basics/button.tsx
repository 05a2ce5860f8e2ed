import { cva, type VariantProps } from 'class-variance-authority';
import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

const button = cva(
  'inline-flex select-none items-center justify-center gap-2 rounded-xl font-medium whitespace-nowrap transition-colors duration-150 disabled:cursor-not-allowed disabled:opacity-60 [&_svg]:size-4.5 [&_svg]:shrink-0',
  {
    variants: {
      tone: {
        primary: 'bg-accent text-accent-ink enabled:hover:bg-accent-strong',
        neutral: 'border border-line bg-raised text-ink enabled:hover:bg-lifted',
        quiet: 'text-ink-soft enabled:hover:bg-raised enabled:hover:text-ink',
        danger: 'bg-danger text-white enabled:hover:bg-danger-strong',
      },
      size: {
        small: 'h-9 px-3 text-sm',
        medium: 'h-11 px-4 text-sm',
        large: 'h-12 px-5 text-base',
      },
    },
    defaultVariants: { tone: 'neutral', size: 'medium' },
  },
);

export type ButtonProps = ComponentProps<'button'> & VariantProps<typeof button> & { asChild?: boolean };

export function Button({ tone, size, asChild = false, className, ...props }: ButtonProps) {
  const Element = asChild ? Slot.Root : 'button';
  return (
    <Element
      type={asChild ? undefined : 'button'}
      className={cn(button({ tone, size }), className)}
      {...props}
    />
  );
}
