const DELETED_AT_ONCE = 5_000;

/**
 * Deletes rows in parts, so that no statement locks or takes long. `deletePart` deletes at most `limit` rows. Resolves with the number
 * of all.
 */
export async function deleteInParts(deletePart: (limit: number) => Promise<number | null>): Promise<number> {
  let deleted = 0;
  for (let count = DELETED_AT_ONCE; count === DELETED_AT_ONCE; deleted += count)
    count = (await deletePart(DELETED_AT_ONCE)) ?? 0;
  return deleted;
}
