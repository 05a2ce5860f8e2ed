'use client';

import { Select } from '../basics/select.tsx';

type ChoiceSettingProps<Value extends string> = {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
};

/** One choice of several, with its label above it. */
export function ChoiceSetting<Value extends string>({
  label,
  value,
  options,
  onChange,
}: ChoiceSettingProps<Value>) {
  return (
    <div className="flex flex-col gap-1.5 sm:flex-row sm:items-center sm:gap-4">
      {/* The select has the same words as its name. */}
      <span aria-hidden className="min-w-0 flex-1 text-sm">
        {label}
      </span>
      <Select
        label={label}
        value={value}
        options={options}
        className="sm:w-64"
        onChange={(chosen) => {
          const option = options.find((one) => one.value === chosen);
          if (option !== undefined) onChange(option.value);
        }}
      />
    </div>
  );
}
