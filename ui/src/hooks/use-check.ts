'use client';

import { useEffect, useState } from 'react';
import { ConnectionCheck } from '../call/check/connection-check.ts';

/** The check of this page; who goes away stops it. */
export function useCheck(): ConnectionCheck {
  const [check] = useState(() => new ConnectionCheck());
  useEffect(() => () => check.close(), [check]);
  return check;
}
