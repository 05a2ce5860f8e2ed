import { Link2Off } from 'lucide-react';
import { JoinForm } from '../landing-page/join-form.tsx';
import { NewCallButton } from '../landing-page/new-call-button.tsx';
import { MessagePage } from '../page/message-page.tsx';

/** The page for an address without a valid room code. */
export function MalformedCode() {
  return (
    <MessagePage
      icon={<Link2Off />}
      title="This is not a call link"
      text="A part of the link may be missing. Enter the code here (it looks like abcd-efgh-jkm), or start a new call."
    >
      <div className="flex w-full flex-col gap-6 text-left">
        <JoinForm />
        <NewCallButton />
      </div>
    </MessagePage>
  );
}
