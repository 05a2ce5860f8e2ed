import type { Reaction } from '@parley/proto/room';
import type { ReactNode } from 'react';
import { cn } from '../basics/cn.ts';

const SKIN = '#ffcf5c';
const DARK = '#5b3a10';

/* Drawn here, so that they look the same on every system. */
const GLYPHS: Record<Reaction, ReactNode> = {
  'thumbs-up': (
    <path
      d="M5 14.5h3.4V27H5a1 1 0 0 1-1-1V15.5a1 1 0 0 1 1-1zm5 0 5-9.4c.4-.8 1.2-1.1 2-.9 1.8.4 2.8 2 2.4 3.800l-1.100 5h6.900c1.900 0 3.200 1.700 2.700 3.500l-2.200 8.300c-.4 1.300-1.500 2.200-2.900 2.200H10z"
      fill={SKIN}
    />
  ),
  clap: (
    <g fill={SKIN}>
      <path d="M9 29c-3-2-5-5.500-5-9l-.7-6.200c-.1-1.800 2.300-2.300 2.800-.6L7.300 17 6.400 8.600c-.2-1.800 2.300-2.200 2.700-.4l1.500 7.300V6.700c0-1.800 2.600-1.800 2.700 0l.7 9 1.500-6.200c.5-1.700 2.900-1.300 2.700.500L17 22c-.7 4-4 7.500-8 7z" />
      <path
        d="m20 12 1.800-5c.6-1.600 2.900-1 2.600.8L23 14.500l3-3.700c1.200-1.400 3.100 0 2.200 1.600l-5.500 11c-1.200 2.500-3.200 4-5.700 4.700 1.200-1.500 2-3.300 2.300-5.300z"
        opacity="0.8"
      />
      <path
        d="M20 2.500v2.500M25 3l-1.300 2M15.500 2l.6 2"
        stroke={SKIN}
        strokeWidth="1.6"
        strokeLinecap="round"
        fill="none"
      />
    </g>
  ),
  heart: (
    <path
      d="M16 28S4 20.600 4 12.200A6.400 6.400 0 0 1 16 8.900a6.400 6.400 0 0 1 12 3.300C28 20.600 16 28 16 28z"
      fill="#ff6b7d"
    />
  ),
  laugh: (
    <g>
      <circle cx="16" cy="16" r="12.500" fill={SKIN} />
      <path
        d="M8.500 13.500c.9-2.200 3.600-2.200 4.500 0M19 13.500c.9-2.200 3.600-2.200 4.500 0"
        stroke={DARK}
        strokeWidth="1.900"
        strokeLinecap="round"
        fill="none"
      />
      <path d="M8.500 17.500h15c0 4.500-3.300 7.500-7.500 7.500s-7.500-3-7.500-7.500z" fill={DARK} />
    </g>
  ),
  surprise: (
    <g>
      <circle cx="16" cy="16" r="12.500" fill={SKIN} />
      <circle cx="11.500" cy="13" r="1.900" fill={DARK} />
      <circle cx="20.500" cy="13" r="1.900" fill={DARK} />
      <ellipse cx="16" cy="21.500" rx="3.200" ry="4" fill={DARK} />
    </g>
  ),
  celebrate: (
    <g>
      <path d="m4 28 6.500-17.500L21.500 21z" fill={SKIN} />
      <path d="m6.200 22 4 4M8.400 16l7.600 7.500" stroke="#e88a3c" strokeWidth="1.800" fill="none" />
      <path
        d="M16 10c.5-2.500 0-4.500-1.500-6.500M20 14c2-3 4.500-4 7.500-3.500M19 11l4-6"
        stroke="#6fdccb"
        strokeWidth="1.900"
        strokeLinecap="round"
        fill="none"
      />
      <circle cx="26.500" cy="17" r="1.600" fill="#ff6b7d" />
      <circle cx="19.500" cy="4" r="1.400" fill="#ff6b7d" />
      <circle cx="27" cy="6" r="1.400" fill="#8fb4ff" />
    </g>
  ),
};

export function ReactionGlyph({ reaction, className }: { reaction: Reaction; className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={cn('size-7', className)}>
      {GLYPHS[reaction]}
    </svg>
  );
}
