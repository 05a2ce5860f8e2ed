'use client';

import { useArrangement } from '../../hooks/use-arrangement.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { SHORTCUTS } from '../../browser/shortcuts.ts';
import { keyWords } from '../../words/shortcut-words.ts';
import { Dialog } from '../basics/dialog.tsx';
import { Key } from '../basics/key.tsx';
import { ShortcutsSetting } from './shortcuts-setting.tsx';

export function ShortcutsDialog() {
  const words = useWords();
  const { t } = words;
  const { arrangement, dispatch } = useArrangement();
  return (
    <Dialog
      open={arrangement.dialog === 'shortcuts'}
      onOpenChange={(open) => !open && dispatch({ type: 'dialog-closed' })}
      title={t('settings.shortcuts.title')}
      description={t('settings.shortcuts.description')}
    >
      <dl className="grid gap-x-8 sm:grid-cols-2">
        {SHORTCUTS.map(({ id }) => (
          <Row key={id} shown={keyWords(words, id)} does={t(`settings.shortcuts.actions.${id}`)} />
        ))}
        <Row shown={t('settings.shortcuts.keys.space')} does={t('settings.shortcuts.holdToTalk')} />
      </dl>
      <div className="mt-4">
        <ShortcutsSetting />
      </div>
    </Dialog>
  );
}

function Row({ shown, does }: { shown: string | undefined; does: string }) {
  return (
    <div className="flex min-h-10 items-center justify-between gap-4 border-b border-line text-sm">
      <dt>{does}</dt>
      <dd>
        <Key>{shown}</Key>
      </dd>
    </div>
  );
}
