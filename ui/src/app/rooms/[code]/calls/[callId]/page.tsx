import { ROUTES } from '@parley/proto/rest';
import { notFound } from 'next/navigation';
import { CallDetailsPage } from '../../../../../components/rooms-pages/call-details-page.tsx';
import { AllWords } from '../../../../all-words.tsx';
import { pageTitle } from '../../../../page-title.ts';

export const generateMetadata = pageTitle('calls');

type PageProps = { params: Promise<{ code: string; callId: string }> };

export default async function Page({ params }: PageProps) {
  const named = ROUTES.getCall.params.safeParse(await params);
  if (!named.success) notFound();
  return (
    <AllWords>
      <CallDetailsPage code={named.data.code} callId={named.data.callId} />
    </AllWords>
  );
}
