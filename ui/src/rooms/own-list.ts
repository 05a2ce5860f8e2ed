import { pageSession } from '../account/page-session.ts';
import { asFailure } from '../call/base/call-failure.ts';

/** Of a guest to whom the server has given no id yet, because they made no room and joined none: they have nothing. */
export async function orNothing<T>(answer: Promise<T>, nothing: T): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const { code } = asFailure(error);
    const isNobody = code === 'unauthenticated' || code === 'logged_out';
    if (isNobody && pageSession.getState().status === 'guest') return nothing;
    throw error;
  }
}
