import { parseRoomCode } from '@parley/proto';
import type { Metadata } from 'next';
import { RoomPage } from '../../../components/room-page/room-page.tsx';
import { MalformedCode } from '../../../components/room-page/malformed-code.tsx';

export const metadata: Metadata = { title: 'Call' };

type PageProps = { params: Promise<{ code: string }> };

export default async function Page({ params }: PageProps) {
  const { code: written } = await params;
  const code = parseRoomCode(written);
  return code === undefined ? <MalformedCode /> : <RoomPage code={code} />;
}
