import { parseRoomCode } from '@parley/proto/room-link';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { CallGate } from '../../../components/page/call-gate.tsx';
import { RoomPage } from '../../../components/room-page/room-page.tsx';
import { MalformedCode } from '../../../components/room-page/malformed-code.tsx';
import { AllWords } from '../../all-words.tsx';
import { pageTitle } from '../../page-title.ts';

type PageProps = { params: Promise<{ code: string }> };

/**
 * The title is final here: when it changes later, Next.js announces it at the next "back" in the call, in an alert that screen readers read at
 * once.
 */
export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { code: written } = await params;
  const code = parseRoomCode(`/r/${written}`);
  return code === undefined ? pageTitle('call')() : { title: code };
}

export default async function Page({ params }: PageProps) {
  const { code: written } = await params;
  const code = parseRoomCode(`/r/${written}`);
  if (code === undefined) return <MalformedCode />;
  // One address for each room: people copy it, and it must work everywhere.
  if (code !== written) redirect(`/r/${code}`);
  return (
    <AllWords>
      <CallGate>
        <RoomPage code={code} />
      </CallGate>
    </AllWords>
  );
}
