import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { RedisConnection, RedisScript } from '@parley/common/redis';

/*
 * The Lua scripts of `scripts/`. Redis runs each of them without interruption. They treat stored peers, rooms and events
 * as opaque texts, which only stored-values.ts makes and reads. A script that stores a change also sends its event,
 * so that events arrive in the order of the changes.
 */

const FOLDER = path.join(import.meta.dirname, 'scripts');

/** What a script may stand on: inboxes, the media nodes of a room, and the room as one person has it, which stands on the nodes. */
const INBOX = 'inbox';
const NODES = 'nodes';
const VIEW = 'view';

export const ADD_PEER = load('add-peer', 'parleyAddPeer', 5, [INBOX, NODES, VIEW]);
export const CHANGE_PEER = load('change-peer', 'parleyChangePeer', 4, [INBOX, NODES]);
export const REMOVE_PEER = load('remove-peer', 'parleyRemovePeer', 5, [INBOX, NODES, VIEW]);
export const RESTORE_PEER = load('restore-peer', 'parleyRestorePeer', 5, [INBOX, NODES, VIEW]);
export const CHANGE_SETTINGS = load('change-settings', 'parleyChangeSettings', 1, [INBOX]);
export const CHANGE_WAITING = load('change-waiting', 'parleyChangeWaiting', 2, [INBOX]);
export const ADD_NODE = load('add-node', 'parleyAddNode', 1, [NODES]);
export const SEND_EVENT = load('send-event', 'parleySendEvent', 1, [INBOX]);
export const SERVE_ROOM = load('serve-room', 'parleyServeRoom', 2, [INBOX]);
export const BEAT = load('beat', 'parleyBeat', 3, [INBOX]);
export const LOOK = load('look', 'parleyLook', 2, [NODES, VIEW]);
export const READ_ROOM = load('read-room', 'parleyReadRoom', 2, [NODES]);
export const REFRESH_ROOM = load('refresh-room', 'parleyRefreshRoom', 4);
export const DEAD_INSTANCES = load('dead-instances', 'parleyDeadInstances', 1);

/** The script's one argument is `given` as JSON. Keys are apart from it, because a Redis cluster routes by them. */
export function runScript(
  redis: RedisConnection,
  script: RedisScript,
  keys: readonly string[],
  given: Readonly<Record<string, string | number | readonly string[] | undefined>> = {},
): Promise<unknown> {
  return redis.script(script, keys, [JSON.stringify(given)]);
}

function load(file: string, name: string, keys: number, basis: readonly string[] = []): RedisScript {
  return { name, keys, lua: [...basis, file].map(read).join('\n') };
}

function read(file: string): string {
  return readFileSync(path.join(FOLDER, `${file}.lua`), 'utf8');
}
