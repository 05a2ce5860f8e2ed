import { within } from '../../call/base/time/deadline.ts';

/** The code of the call has some hundred kilobytes. A file that failed is asked for again meanwhile; see page-load.ts. */
const LIMIT_MS = 30_000;

/** Loads the code of the call. Rejects if it does not come. */
export async function loadCallCode() {
  const code = await within(LIMIT_MS, import('../../call/index.ts'));
  if (code === null) throw new Error(`the code of the call did not come within ${LIMIT_MS} ms`);
  return code;
}
