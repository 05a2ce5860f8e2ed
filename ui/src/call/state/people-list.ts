import type { RequestInput, RequestName, RequestResult } from '@parley/proto/requests';
import type { PeerRecord } from '@parley/proto/room';

type Ask = <N extends RequestName>(name: N, input: RequestInput<N>) => Promise<RequestResult<N>>;

/** Where a page ends, and the next one begins. */
type PeoplePlace = NonNullable<RequestResult<'people:list'>['next']>;
type PeoplePage = { readonly items: readonly PeerRecord[]; readonly next: PeoplePlace | null };

/** `search`: those with this text in their names. `after`: the `next` of the page before. */
export type ListPeople = (search: string, after: PeoplePlace | undefined) => Promise<PeoplePage>;

/** A page of all people in the room, as the server has them. Rejects as `ask` does. */
export async function listPeople(
  ask: Ask,
  search: string,
  after: PeoplePlace | undefined,
): Promise<PeoplePage> {
  const text = search.trim();
  const { people, next } = await ask('people:list', {
    ...(text === '' ? {} : { search: text }),
    ...(after === undefined ? {} : { after }),
  });
  return { items: people, next };
}
