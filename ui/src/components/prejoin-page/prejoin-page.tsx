'use client';

import type { RoomInfo } from '@parley/proto/rest';
import { useEffect, useState } from 'react';
import type { CallError } from '../../call/base/call-failure.ts';
import type { Lobby } from '../../call/lobby/lobby.ts';
import type { PreviewClient } from '../../call/devices/device-preview.ts';
import type { JoinChoice } from '../../call/devices/join-choice.ts';
import { PreJoinPlaceholder } from './prejoin-placeholder.tsx';
import { PreJoinForm } from './prejoin-form.tsx';

type PreJoinPageProps = {
  room: RoomInfo;
  /** Why the last passcode did not do. */
  refusal: CallError | null;
  lobby: Lobby;
  createPreview: () => PreviewClient;
  onJoin: (choice: JoinChoice) => void;
};

/** The page before the call. It owns the preview. Nothing of camera and microphone leaves this browser before Join. */
export function PreJoinPage({ createPreview, ...props }: PreJoinPageProps) {
  const [preview, setPreview] = useState<PreviewClient | null>(null);
  useEffect(() => {
    const made = createPreview();
    // A preview holds devices, so the effect that closes it must also be the one that makes it.
    // oxlint-disable-next-line react/set-state-in-effect
    setPreview(made);
    return () => made.close();
  }, [createPreview]);
  return preview === null ? <PreJoinPlaceholder /> : <PreJoinForm preview={preview} {...props} />;
}
