import { Link2Off } from 'lucide-react';
import { JoinForm } from '../landing-page/join-form.tsx';
import { NewCallButton } from '../landing-page/new-call-button.tsx';
import { MessagePage } from '../page/message-page.tsx';

/** The address holds no code that could be one. */
export function MalformedCode() {
  return (
    <MessagePage
      icon={<Link2Off />}
      title="That is not a call link"
      text="A code looks like abcd-efgh-jkm. Perhaps a part of the link was lost."
    >
      <div className="flex w-full flex-col gap-6 text-left">
        <JoinForm />
        <NewCallButton />
      </div>
    </MessagePage>
  );
}
