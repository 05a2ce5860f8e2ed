import { roomCodeSchema, type RoomCode } from '@parley/proto/ids';
import { notFound } from 'next/navigation';
import type { ComponentType } from 'react';
import { AllWords } from './all-words.tsx';

type PageProps = { params: Promise<{ code: string }> };

/** A page of one room, at an address with its code. An address without one is not found. */
export function roomCodePage(Content: ComponentType<{ code: RoomCode }>) {
  return async function Page({ params }: PageProps) {
    const code = roomCodeSchema.safeParse((await params).code);
    if (!code.success) notFound();
    return (
      <AllWords>
        <Content code={code.data} />
      </AllWords>
    );
  };
}
