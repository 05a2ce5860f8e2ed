import { pageSession } from '../account/page-session.ts';
import { asFailure } from '../call/base/call-failure.ts';

/** Answers `nothing` for a guest to whom the server has given no id yet, because the guest has made no room and joined none. */
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
