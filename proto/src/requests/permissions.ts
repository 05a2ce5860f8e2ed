import { z } from 'zod';
import type { Source } from '../rtp/sources.ts';
import type { RequestName, RequestPayload } from './requests.ts';
import { leads, type Role } from '../room/roles.ts';
import type { RoomSettings } from '../room/room-settings.ts';

/*
 * What people may do in a room: role to permissions, and request to the permission that it needs. The dispatcher of signaling checks
 * every request with `permissionFor`; the page asks the same tables what to offer.
 */

export const permissionSchema = z.enum([
  'publish:microphone',
  'publish:camera',
  'publish:screen',
  'chat',
  'react',
  'raise-hand',
  'rename',
  'unmute',
  'admit',
  'moderate',
  'remove',
  'set-roles',
  'change-room',
  'end-call',
]);
export type Permission = z.infer<typeof permissionSchema>;

/** What each permission allows, for docs/protocol.md. */
export const PERMISSION_WORDS: Readonly<Record<Permission, string>> = {
  'publish:microphone': 'to have a microphone in the call; to be heard takes `unmute` as well',
  'publish:camera': 'to send a camera',
  'publish:screen': 'to share a screen and its sound',
  chat: 'to write in the chat',
  react: 'to show a reaction',
  'raise-hand': 'to raise the own hand',
  rename: 'to change the own name',
  unmute: 'to be heard',
  admit: 'to see the waiting list, and to admit, deny or block who is on it',
  moderate:
    'to mute others, to stop what they send, to lower their hands, to ask them to unmute, and to clear the chat',
  remove: 'to remove and to ban others',
  'set-roles': 'to change the roles of others',
  'change-room': 'to lock the room and to change its settings',
  'end-call': 'to end the call for all',
};

const VIEWER: readonly Permission[] = ['chat', 'react', 'raise-hand', 'rename'];
const PARTICIPANT: readonly Permission[] = [
  'publish:microphone',
  'publish:camera',
  'publish:screen',
  'unmute',
  ...VIEWER,
];
const HOST: readonly Permission[] = [
  ...PARTICIPANT,
  'admit',
  'moderate',
  'remove',
  'set-roles',
  'change-room',
  'end-call',
];

/** An owner may do what a host may. The difference: nobody removes an owner or takes the role away. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  owner: HOST,
  host: HOST,
  participant: PARTICIPANT,
  viewer: VIEWER,
};

/** Whether somebody of this role may send anything. Settings take single sources away, and never the microphone. */
export function publishes(role: Role): boolean {
  return ROLE_PERMISSIONS[role].includes('publish:microphone');
}

/** What each of these settings takes from those who do not lead, while it says `hosts`. */
const PERMISSION_OF_SETTING = {
  whoMayShareScreen: 'publish:screen',
  whoMayChat: 'chat',
  whoMayUnmute: 'unmute',
  whoMayStartVideo: 'publish:camera',
} as const satisfies Partial<Record<keyof RoomSettings, Permission>>;

type Person = { readonly role: Role; readonly mayUnmute?: true | undefined };

/** What a peer may do, by its role and by the settings of the room. */
export function permissionsOf({ role, mayUnmute }: Person, settings: RoomSettings): readonly Permission[] {
  const ofRole = ROLE_PERMISSIONS[role];
  if (leads(role)) return ofRole;
  const isTaken = (permission: Permission): boolean =>
    (Object.keys(PERMISSION_OF_SETTING) as (keyof typeof PERMISSION_OF_SETTING)[]).some(
      (setting) => PERMISSION_OF_SETTING[setting] === permission && settings[setting] === 'hosts',
    );
  return ofRole.filter(
    (permission) => !isTaken(permission) || (permission === 'unmute' && mayUnmute === true),
  );
}

/** The permission that `producer:create` needs for each source. */
export const SOURCE_PERMISSIONS = {
  microphone: 'publish:microphone',
  camera: 'publish:camera',
  screen: 'publish:screen',
  'screen-audio': 'publish:screen',
} as const satisfies Record<Source, Permission>;

/** null: every joined peer may, and before the join every client with a join token or a resume secret. */
export type VerbRule = Permission | { readonly bySource: Readonly<Record<Source, Permission>> } | null;

/** The permission that each request needs. A request without a rule is a type error. */
export const VERB_RULES = {
  'room:join': null,
  'room:knock': null,
  'lobby:open': null,
  'lobby:connect': null,
  'lobby:watch': null,
  'room:resume': null,
  'room:leave': null,
  'room:suspend': null,
  'room:move-here': null,
  'room:ping': null,
  'media:reopen': null,
  'transport:connect': null,
  'transport:restart-ice': null,
  // A role that may send anything may have a microphone, see `publishes`.
  'transport:open-send': 'publish:microphone',
  'producer:create': { bySource: SOURCE_PERMISSIONS },
  'producer:pause': null,
  'producer:resume': null,
  'producer:close': null,
  'consumer:create': null,
  'consumer:pause': null,
  'consumer:resume': null,
  'consumer:close': null,
  'consumer:set-layers': null,
  'consumer:request-key-frame': null,
  'chat:send': 'chat',
  'chat:offer-file': 'chat',
  'chat:link-file': null,
  'chat:edit': 'chat',
  'chat:delete': null,
  'chat:react': 'react',
  'chat:type': 'chat',
  'chat:list': null,
  'chat:list-changes': null,
  'chat:clear': 'moderate',
  'peer:set-hand': 'raise-hand',
  'peer:set-profile': 'rename',
  'peer:react': 'react',
  'people:list': null,
  'peer:mute': 'moderate',
  'peer:ask-to-unmute': 'moderate',
  'peer:stop': 'moderate',
  'peer:lower-hand': 'moderate',
  'room:lower-hands': 'moderate',
  'peer:set-role': 'set-roles',
  'room:hand-over': 'set-roles',
  'peer:remove': 'remove',
  'peer:ban': 'remove',
  'door:admit': 'admit',
  'door:admit-all': 'admit',
  'door:deny': 'admit',
  'room:mute-all': 'moderate',
  'room:change-settings': 'change-room',
  'room:end-call': 'end-call',
} as const satisfies Record<RequestName, VerbRule>;

/** The permission that a peer needs for this request; null if it needs none. */
export function permissionFor<N extends RequestName>(name: N, payload: RequestPayload<N>): Permission | null {
  const rule: VerbRule = VERB_RULES[name];
  if (rule === null || typeof rule === 'string') return rule;
  return rule.bySource[(payload as RequestPayload<'producer:create'>).source];
}
