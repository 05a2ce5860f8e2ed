'use client';

import type { RoomInfo } from '@parley/proto/rest';
import { History, Settings } from 'lucide-react';
import Link from 'next/link';
import { linkOf } from '../../browser/links/room-link.ts';
import { useWords } from '../../hooks/use-words.ts';
import { roomInWords, roomName } from '../../words/room-words.ts';
import { Button } from '../basics/button.tsx';
import { CopyLink } from '../basics/copy-link.tsx';
import { Card } from '../lists/card.tsx';

/** One room of its owner: what it is called, who is there now, and what to do with it. */
export function RoomCard({ room }: { room: RoomInfo }) {
  const words = useWords();
  const { t } = words;
  const { code, title, peerCount } = room;
  const named = { room: roomInWords(words, room) };
  return (
    <Card>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-56">
          <h2 dir="auto" className="text-base font-medium wrap-anywhere">
            {roomName(words, title)}
          </h2>
          <p className="mt-0.5 text-sm text-ink-soft">
            <bdi dir="ltr" className="font-mono select-all">
              {code}
            </bdi>
          </p>
          <p className="mt-0.5 text-sm text-ink-faint">{t('rooms.people', { count: peerCount })}</p>
        </div>
        <div className="flex flex-wrap gap-2">
          <Button asChild tone="primary" size="small">
            <Link href={`/r/${code}`} aria-label={t('rooms.joinNamed', named)}>
              {t('rooms.join')}
            </Link>
          </Button>
          <CopyLink link={() => linkOf(code)} />
        </div>
      </div>
      <div className="mt-3 flex flex-wrap gap-x-5 gap-y-2 text-sm">
        <CardLink href={`/rooms/${code}`} name={t('rooms.settingsNamed', named)}>
          <Settings aria-hidden />
          <span>{t('rooms.settings')}</span>
        </CardLink>
        <CardLink href={`/rooms/${code}/calls`} name={t('rooms.historyNamed', named)}>
          <History aria-hidden />
          <span>{t('rooms.history')}</span>
        </CardLink>
      </div>
    </Card>
  );
}

function CardLink({ href, name, children }: { href: string; name: string; children: React.ReactNode }) {
  return (
    <Link
      href={href}
      aria-label={name}
      className="inline-flex min-h-9 items-center gap-2 text-ink-soft hover:text-ink [&_svg]:size-4"
    >
      {children}
    </Link>
  );
}
