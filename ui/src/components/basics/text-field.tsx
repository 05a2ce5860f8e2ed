import { useId, type ComponentProps, type KeyboardEvent, type ReactNode } from 'react';
import { isComposing } from '../../browser/composing.ts';
import { cn } from './cn.ts';

type TextFieldProps = ComponentProps<'input'> & {
  label: string;
  /** The problem with the value, in words. Its line always takes its height, so that nothing moves. */
  problem?: string | null;
  hint?: ReactNode;
  /** A small button inside of the field, at its end. */
  end?: ReactNode;
};

export function TextField({ label, problem = null, hint, end, className, ...props }: TextFieldProps) {
  const id = useId();
  return (
    <div className={cn('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="text-sm font-medium text-ink-soft">
        {label}
      </label>
      <div className="relative">
        <input
          id={id}
          dir="auto"
          onKeyDown={keepComposing}
          aria-invalid={problem !== null}
          aria-describedby={`${id}-note`}
          className={cn(
            'h-12 w-full rounded-xl border border-line-strong bg-surface px-4 text-base text-ink placeholder:text-ink-faint',
            problem !== null && 'border-danger-soft',
            end !== undefined && 'pe-12',
          )}
          {...props}
        />
        {end === undefined ? null : (
          <span className="absolute inset-y-0 end-1.5 flex items-center">{end}</span>
        )}
      </div>
      <p
        id={`${id}-note`}
        aria-live="polite"
        className={cn('min-h-5 text-sm', problem === null ? 'text-ink-faint' : 'text-danger-soft')}
      >
        {problem ?? hint}
      </p>
    </div>
  );
}

/** The Enter that ends a composition must not send the form. */
function keepComposing(event: KeyboardEvent): void {
  if (event.key === 'Enter' && isComposing(event.nativeEvent)) event.preventDefault();
}
