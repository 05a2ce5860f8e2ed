import { parseRoomCode } from '@parley/proto/room-link';
import { notFound, redirect } from 'next/navigation';

type PageProps = { params: Promise<{ path: string[] }> };

/** An address of no page. A code in it is that of a call: people shorten links, and some programs write them in capitals. */
export default async function Page({ params }: PageProps) {
  const code = parseRoomCode(`/${(await params).path.join('/')}`);
  if (code !== undefined) redirect(`/r/${code}`);
  notFound();
}
