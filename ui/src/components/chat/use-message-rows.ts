'use client';

import { useCallback, useLayoutEffect, type RefObject } from 'react';
import type { ChatEntry } from '../../call/index.ts';
import { useVirtualRows, type VirtualRows } from '../../hooks/page/use-virtual-rows.ts';

/* For the guess of a height: a panel holds so many letters in a line of so many pixels, and half of the messages have a heading. */
const LETTERS = 42;
const LINE_PX = 23;
const HEADING_PX = 20;

/** The rows of messages that are in sight, at first the newest. */
export function useMessageRows(
  list: RefObject<HTMLElement | null>,
  chat: readonly ChatEntry[],
): VirtualRows<HTMLDivElement> {
  const keyAt = useCallback((index: number) => chat[index]?.clientMessageId ?? '', [chat]);
  const heightAt = useCallback(
    (index: number) => HEADING_PX + LINE_PX * Math.ceil((chat[index]?.text.length ?? 1) / LETTERS),
    [chat],
  );
  const rows = useVirtualRows<HTMLDivElement>({
    scroller: list,
    count: chat.length,
    keyAt,
    heightAt,
    followsEnd: true,
  });
  const { toEnd } = rows;
  useLayoutEffect(() => toEnd(), [toEnd]);
  return rows;
}
