'use client';

import type { CallError } from '../../call/base/call-failure.ts';
import { Button } from '../basics/button.tsx';
import { Dialog } from '../basics/dialog.tsx';
import { ErrorNote } from '../basics/error-note.tsx';

type ConfirmDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What will happen. */
  text: string;
  confirm: string;
  keep: string;
  busy: boolean;
  error: CallError | null;
  onConfirm: () => void;
};

/** Asks before something that cannot be undone. */
export function ConfirmDialog({
  open,
  onOpenChange,
  title,
  text,
  confirm,
  keep,
  busy,
  error,
  onConfirm,
}: ConfirmDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={title} description={text}>
      {error === null ? null : <ErrorNote error={error} />}
      <div className="mt-4 flex flex-col gap-3 sm:flex-row-reverse">
        <Button tone="danger" disabled={busy} aria-busy={busy} onClick={onConfirm}>
          {confirm}
        </Button>
        <Button onClick={() => onOpenChange(false)}>{keep}</Button>
      </div>
    </Dialog>
  );
}
