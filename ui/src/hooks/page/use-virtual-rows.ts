'use client';

import { useVirtualizer, type Range, type VirtualItem } from '@tanstack/react-virtual';
import {
  useCallback,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
  type FocusEvent,
  type RefObject,
} from 'react';

export type VirtualRowsOptions = {
  /** Scrolls, and is the nearest positioned element around the rows. Rendered by the component that uses this hook. */
  scroller: RefObject<HTMLElement | null>;
  count: number;
  /** Names a row as long as it exists, wherever it is in the list. */
  keyAt: (index: number) => string;
  /** Roughly how high a row is that was not shown yet, in CSS pixels. */
  heightAt: (index: number) => number;
  /** Follows new rows at the end while the end is shown. */
  followsEnd?: boolean;
};

export type VirtualRows<Space extends HTMLElement> = {
  /** The element around the rows: its height is that of all rows. */
  space: {
    ref: RefObject<Space | null>;
    style: { height: number };
    onFocus: (event: FocusEvent) => void;
    onBlur: (event: FocusEvent) => void;
  };
  shown: readonly VirtualItem[];
  /** For the element of one row. */
  rowProps: (row: VirtualItem) => {
    ref: (element: HTMLElement | null) => void;
    'data-index': number;
    style: { top: number };
  };
  toEnd: () => void;
};

/** How much of the rows beyond each edge is drawn, so that a little scrolling shows no gap. One row of a long text is enough for that. */
const BEYOND_EDGE_PX = 300;
/** A list that is scrolled so near to its end counts as at the end. */
export const NEAR_END_PX = 48;

/**
 * The rows of a list that are in sight. Rows may have any height, and what the person reads stays in its place when rows come or change above
 * it. A row with the focus stays on the page wherever it is.
 */
export function useVirtualRows<Space extends HTMLElement>(options: VirtualRowsOptions): VirtualRows<Space> {
  const { scroller, count, keyAt, heightAt, followsEnd = false } = options;
  const space = useRef<Space>(null);
  const scrollMargin = useOffset(scroller, space);
  const { rangeExtractor, onFocus, onBlur } = useRowsToDraw(space, keyAt, heightAt);
  // The rule is for code that React's compiler memoizes, which is not used here.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer<HTMLElement, HTMLElement>({
    count,
    scrollMargin,
    rangeExtractor,
    getScrollElement: () => scroller.current,
    getItemKey: keyAt,
    estimateSize: heightAt,
    anchorTo: followsEnd ? 'end' : 'start',
    followOnAppend: followsEnd,
    scrollEndThreshold: NEAR_END_PX,
  });
  const { itemSizeCache } = virtualizer;
  useLayoutEffect(() => forgetOthers(itemSizeCache, count, keyAt), [itemSizeCache, count, keyAt]);
  return {
    space: { ref: space, style: { height: virtualizer.getTotalSize() }, onFocus, onBlur },
    shown: virtualizer.getVirtualItems(),
    rowProps: (row) => ({
      ref: virtualizer.measureElement,
      'data-index': row.index,
      style: { top: row.start - scrollMargin },
    }),
    toEnd: useCallback(() => virtualizer.scrollToEnd(), [virtualizer]),
  };
}

/**
 * How far below the top of what scrolls the rows begin. If that changes, what the person reads stays in its place. Looked at once in a frame, before it is
 * drawn: to ask after each render would have the browser lay the page out several times for each message of a flood.
 */
function useOffset(scroller: RefObject<HTMLElement | null>, space: RefObject<HTMLElement | null>): number {
  const [offset, setOffset] = useState(0);
  const frame = useRef<number | null>(null);
  const look = useEffectEvent(() => {
    frame.current = null;
    const now = space.current?.offsetTop ?? 0;
    if (now === offset) return;
    const list = scroller.current;
    if (list !== null && list.scrollTop > offset) list.scrollBy({ top: now - offset });
    setOffset(now);
  });
  useLayoutEffect(() => {
    look();
    return () => {
      if (frame.current !== null) cancelAnimationFrame(frame.current);
      frame.current = null;
    };
  }, []);
  // After every render, because any change may have moved the rows.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  useLayoutEffect(() => {
    frame.current ??= requestAnimationFrame(() => look());
  });
  return offset;
}

/** The rows in sight with those near them, and the row that has the focus: without it the keyboard would begin again at the top of the page. */
function useRowsToDraw(
  space: RefObject<HTMLElement | null>,
  keyAt: (index: number) => string,
  heightAt: (index: number) => number,
) {
  const focused = useRef<{ index: number; key: string } | null>(null);
  const rangeExtractor = useCallback(
    (range: Range) => {
      const rows = withBeyond(range, heightAt);
      const index = focused.current === null ? -1 : find(focused.current, range.count, keyAt);
      return index < 0 || rows.includes(index) ? rows : [...rows, index].sort((a, b) => a - b);
    },
    [keyAt, heightAt],
  );
  return {
    rangeExtractor,
    onFocus: ({ target }: FocusEvent) => {
      const index = Number(target.closest<HTMLElement>('[data-index]')?.dataset['index']);
      // A menu of a row is in another place of the page.
      if (!Number.isNaN(index)) focused.current = { index, key: keyAt(index) };
    },
    onBlur: ({ relatedTarget }: FocusEvent) => {
      if (!(relatedTarget instanceof Node) || !space.current?.contains(relatedTarget)) focused.current = null;
    },
  };
}

function withBeyond({ startIndex, endIndex, count }: Range, heightAt: (index: number) => number): number[] {
  let [first, last] = [startIndex, endIndex];
  for (let px = 0; first > 0 && px < BEYOND_EDGE_PX; px += heightAt(first)) first -= 1;
  for (let px = 0; last < count - 1 && px < BEYOND_EDGE_PX; px += heightAt(last)) last += 1;
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** Where a row is now: mostly where it was. -1: it is gone. */
function find(row: { index: number; key: string }, count: number, keyAt: (index: number) => string): number {
  if (row.index < count && keyAt(row.index) === row.key) return row.index;
  for (let index = 0; index < count; index += 1) if (keyAt(index) === row.key) return index;
  return -1;
}

/** Heights of rows that are gone would pile up. */
function forgetOthers(heights: Map<unknown, number>, count: number, keyAt: (index: number) => string): void {
  if (heights.size < 2 * count + 100) return;
  const keys = new Set(Array.from({ length: count }, (_, index) => keyAt(index)));
  for (const key of heights.keys()) if (!keys.has(key as string)) heights.delete(key);
}
