'use client';

import type { PeerId } from '@parley/proto/ids';
import { createContext, use, useCallback, useState, type ReactNode } from 'react';
import type { Size } from '../layout/rect.ts';

type Shapes = ReadonlyMap<PeerId, Size>;
type ReportShape = (peerId: PeerId, shape: Size) => void;

const ShapesContext = createContext<Shapes>(new Map());
const ReportContext = createContext<ReportShape>(() => {});

/** Layers of one picture have nearly the same shape. */
const SAME_SHAPE = 0.03;

/** The shapes of the cameras' pictures, as the videos of the page report them: the layout depends on them. */
export function CameraShapesProvider({ children }: { children: ReactNode }) {
  const [shapes, setShapes] = useState<Shapes>(new Map());
  const report = useCallback<ReportShape>(
    (peerId, shape) =>
      setShapes((known) => (isSame(known.get(peerId), shape) ? known : new Map(known).set(peerId, shape))),
    [],
  );
  return (
    <ReportContext value={report}>
      <ShapesContext value={shapes}>{children}</ShapesContext>
    </ReportContext>
  );
}

export function useCameraShapes(): Shapes {
  return use(ShapesContext);
}

export function useReportShape(): ReportShape {
  return use(ReportContext);
}

function isSame(known: Size | undefined, shape: Size): boolean {
  return (
    known !== undefined && Math.abs(known.width / known.height - shape.width / shape.height) < SAME_SHAPE
  );
}
