import type { ReactNode } from 'react';
import type { DeviceChoice } from '../../call/index.ts';
import { Select } from '../basics/select.tsx';

type DeviceSelectProps = {
  label: string;
  /** Shown if there is nothing to choose. */
  none: string;
  icon: ReactNode;
  choices: readonly DeviceChoice[];
  value: string | null;
  onChange: (deviceId: string) => void;
  className?: string;
};

const NONE = 'none';

/** A list of the devices of one kind, before the call and in it. */
export function DeviceSelect({ label, none, icon, choices, value, onChange, className }: DeviceSelectProps) {
  // Without permission browsers list devices without ids. Those cannot be chosen.
  const options = choices
    .filter((choice) => choice.deviceId !== '')
    .map((choice) => ({ value: choice.deviceId, label: choice.label || label }));
  const empty = options.length === 0;
  const chosen = options.find((option) => option.value === value) ?? options[0];
  return (
    <Select
      label={label}
      icon={icon}
      disabled={empty}
      value={chosen?.value ?? NONE}
      options={empty ? [{ value: NONE, label: none }] : options}
      onChange={onChange}
      className={className}
    />
  );
}
