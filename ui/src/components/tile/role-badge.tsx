import type { Role } from '@parley/proto/room';
import { useWords } from '../../hooks/use-words.ts';
import { cn } from '../basics/cn.ts';

/** The role of a person beside the name; nothing for a participant, who is the usual one. */
export function RoleBadge({ role, className }: { role: Role; className?: string }) {
  const { t } = useWords();
  if (role === 'participant') return null;
  return (
    <span
      data-testid="role"
      className={cn('shrink-0 rounded-md bg-lifted px-1.5 py-0.5 text-xs text-ink-soft', className)}
    >
      {t(`hosts.roles.${role}`)}
    </span>
  );
}
