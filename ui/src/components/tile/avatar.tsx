import { initials, nameHue } from '../../format/initials.ts';
import { cn } from '../basics/cn.ts';

/** The initials of a name, on the colour of that name. */
export function Avatar({ name, className }: { name: string; className?: string }) {
  const hue = nameHue(name);
  return (
    <span
      aria-hidden
      style={{ background: `oklch(0.42 0.085 ${hue})`, color: `oklch(0.96 0.03 ${hue})` }}
      className={cn(
        'inline-flex size-10 shrink-0 select-none items-center justify-center rounded-full font-medium',
        className,
      )}
    >
      {initials(name)}
    </span>
  );
}
