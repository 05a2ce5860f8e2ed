import { parseRoomCode } from '@parley/proto/room-link';
import { redirect } from 'next/navigation';
import { MalformedCode } from '../../components/room-page/malformed-code.tsx';
import { pageTitle } from '../page-title.ts';

export const generateMetadata = pageTitle('call');

type PageProps = { searchParams: Promise<{ code?: string | string[] }> };

/** The target of the form on the landing page if it is sent before the code of that page runs. */
export default async function Page({ searchParams }: PageProps) {
  const { code: written } = await searchParams;
  const code = typeof written === 'string' ? parseRoomCode(written) : undefined;
  if (code !== undefined) redirect(`/r/${code}`);
  return <MalformedCode />;
}
