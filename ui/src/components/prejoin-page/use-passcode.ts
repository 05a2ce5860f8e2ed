'use client';

import type { RoomInfo } from '@parley/proto/rest';
import { leads } from '@parley/proto/room';
import { useEffect, useState } from 'react';
import { rememberedPasscode, rememberPasscode } from '../../browser/tab-passcodes.ts';
import type { CallError } from '../../call/base/call-failure.ts';
import type { JoinChoice } from '../../call/devices/join-choice.ts';
import type { Words } from '../../languages/words.ts';
import { passcodeProblem } from '../../words/door-words.ts';
import { focusPasscode } from './passcode-field.tsx';

type PasscodeInput = {
  /** Whether the person has to give one. */
  needed: boolean;
  value: string;
  problem: string | null;
  type: (value: string) => void;
  /** False if it is missing; the field says so. */
  check: () => boolean;
  choice: () => Pick<JoinChoice, 'passcode'>;
};

/** The passcode of the room as the person types it. Begins with the one that was typed in this tab before. */
export function usePasscode(
  words: Words,
  { code, settings, role }: RoomInfo,
  refusal: CallError | null,
): PasscodeInput {
  const [value, setValue] = useState(() => rememberedPasscode(code));
  const [problem, setProblem] = useState(() => passcodeProblem(words, refusal));
  useEffect(() => {
    if (refusal !== null) focusPasscode();
  }, [refusal]);
  const needed = refusal !== null || (settings.hasPasscode && !leads(role));
  return {
    needed,
    value,
    problem,
    type: (typed) => {
      setValue(typed);
      setProblem(null);
    },
    check: () => {
      const isMissing = needed && value.trim() === '';
      if (isMissing) {
        setProblem(words.t('door.passcode.missing'));
        focusPasscode();
      }
      return !isMissing;
    },
    choice: () => {
      if (!needed) return {};
      rememberPasscode(code, value);
      return { passcode: value };
    },
  };
}
