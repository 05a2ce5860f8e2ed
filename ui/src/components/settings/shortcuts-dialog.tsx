'use client';

import { useArrangement } from '../../hooks/use-arrangement.tsx';
import { SHORTCUTS } from '../../browser/shortcuts.ts';
import { Dialog } from '../basics/dialog.tsx';
import { Key } from '../basics/key.tsx';
import { ShortcutsSetting } from './shortcuts-setting.tsx';

export function ShortcutsDialog() {
  const { arrangement, dispatch } = useArrangement();
  return (
    <Dialog
      open={arrangement.dialog === 'shortcuts'}
      onOpenChange={(open) => !open && dispatch({ type: 'dialog-closed' })}
      title="Keyboard shortcuts"
      description="They work whenever you are not typing."
    >
      <dl className="grid gap-x-8 sm:grid-cols-2">
        {SHORTCUTS.map(({ id, keyLabel: shown, label: does }) => (
          <Row key={id} shown={shown} does={does} />
        ))}
        <Row shown="Space" does="Hold to talk while muted" />
      </dl>
      <div className="mt-4">
        <ShortcutsSetting />
      </div>
    </Dialog>
  );
}

function Row({ shown, does }: { shown: string; does: string }) {
  return (
    <div className="flex min-h-10 items-center justify-between gap-4 border-b border-line text-sm">
      <dt>{does}</dt>
      <dd>
        <Key>{shown}</Key>
      </dd>
    </div>
  );
}
