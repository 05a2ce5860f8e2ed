'use client';

import { Check, Link2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { copyRoomLink } from '../../browser/links/room-link.ts';
import { useWords } from '../../hooks/use-words.ts';
import { Button, type ButtonProps } from './button.tsx';

const SHOWN_MS = 2000;

type CopyLinkProps = Pick<ButtonProps, 'size' | 'tone' | 'className'> & {
  /** Makes the address to copy. Default: that of this call. */
  link?: () => string;
};

/** Copies an address. */
export function CopyLink({ size = 'small', link, ...props }: CopyLinkProps) {
  const { t } = useWords();
  const [outcome, setOutcome] = useState<'idle' | 'copied' | 'failed'>('idle');
  useEffect(() => {
    if (outcome === 'idle') return undefined;
    const timer = setTimeout(() => setOutcome('idle'), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  return (
    <Button
      size={size}
      onClick={() => void copyRoomLink(link?.()).then((copied) => setOutcome(copied ? 'copied' : 'failed'))}
      {...props}
    >
      {outcome === 'copied' ? <Check aria-hidden className="text-good" /> : <Link2 aria-hidden />}
      <span aria-live="polite">{t(`basics.copyLink.${outcome}`)}</span>
    </Button>
  );
}
