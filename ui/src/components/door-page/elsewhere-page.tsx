'use client';

import { MonitorSmartphone } from 'lucide-react';
import { useId } from 'react';
import { useCallClient } from '../../hooks/use-call.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { Button, type ButtonProps } from '../basics/button.tsx';
import { MessagePage } from '../page/message-page.tsx';

/** Asks somebody who is in the call with another device or tab what becomes of that one. */
export function ElsewherePage({ onPrepare }: { onPrepare: () => void }) {
  const { t } = useWords();
  const call = useCallClient();
  return (
    <MessagePage
      icon={<MonitorSmartphone />}
      title={t('door.elsewhere.title')}
      text={<p>{t('door.elsewhere.advice')}</p>}
    >
      <div className="flex w-full flex-col gap-5">
        <Choice
          tone="primary"
          label={t('door.elsewhere.move')}
          advice={t('door.elsewhere.moveAdvice')}
          onClick={() => call.doorway.goOn('move')}
        />
        <Choice
          label={t('door.elsewhere.add')}
          advice={t('door.elsewhere.addAdvice')}
          onClick={() => call.doorway.goOn('add')}
        />
        <Button
          tone="quiet"
          onClick={() => {
            call.close();
            onPrepare();
          }}
        >
          {t('room.failed.prepare')}
        </Button>
      </div>
    </MessagePage>
  );
}

function Choice({ label, advice, ...props }: ButtonProps & { label: string; advice: string }) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1.5">
      <Button size="large" aria-describedby={id} {...props}>
        {label}
      </Button>
      <p id={id} className="text-sm text-ink-soft">
        {advice}
      </p>
    </div>
  );
}
