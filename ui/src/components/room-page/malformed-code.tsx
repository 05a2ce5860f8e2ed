import { Link2Off } from 'lucide-react';
import { useWords } from '../../hooks/use-words.ts';
import { JoinForm } from '../landing-page/join-form.tsx';
import { NewCallButton } from '../landing-page/new-call-button.tsx';
import { MessagePage } from '../page/message-page.tsx';

/** The page for an address without a valid room code. */
export function MalformedCode() {
  const { t } = useWords();
  return (
    <MessagePage icon={<Link2Off />} title={t('room.malformed.title')} text={t('room.malformed.advice')}>
      <div className="flex w-full flex-col gap-6 text-start">
        <JoinForm />
        <NewCallButton />
      </div>
    </MessagePage>
  );
}
