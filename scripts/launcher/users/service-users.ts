import type { ProcessIdentity } from '../supervisor/service-spec.ts';

/**
 * The programs that run as a user of their own when root starts them, in the order of their user ids. An id needs no entry in
 * /etc/passwd. Append new names: files of an installation belong to these ids. PostgreSQL runs as `nobody`, see postgres-home.ts.
 */
const NAMES = [
  'media',
  'signaling',
  'gateway',
  'ui',
  'logs',
  'nginx',
  'consul',
  'redis',
  'prometheus',
  'turn',
] as const;

export type ServiceUser = (typeof NAMES)[number];

export function isServiceUser(name: string): name is ServiceUser {
  return NAMES.some((one) => one === name);
}

/** The folders of log lines, and who writes them. The gateway writes the lines that browsers send. */
export const LOG_FOLDERS: readonly (readonly [folder: string, writer: ServiceUser])[] = [
  ['media', 'media'],
  ['signaling', 'signaling'],
  ['gateway', 'gateway'],
  ['browser', 'gateway'],
  ['logs', 'logs'],
  ['nginx', 'nginx'],
];

/**
 * The group of the log viewer, who may read the log folders of every service. The ids of the users follow it. Neither Debian nor
 * systemd gives these ids to anybody.
 */
export const LOG_READERS = 60_800;

/** The user of a service. Its group has the same id. */
export function serviceUser(name: ServiceUser): ProcessIdentity {
  const id = LOG_READERS + 1 + NAMES.indexOf(name);
  return { uid: id, gid: id, ...(name === 'logs' && { groups: [LOG_READERS] }) };
}

/** The service writes, the log viewer reads. New files inherit the group from the folder. */
export function logFolderOwner(name: ServiceUser): { uid: number; gid: number; mode: number } {
  return { uid: serviceUser(name).uid, gid: LOG_READERS, mode: 0o2750 };
}
