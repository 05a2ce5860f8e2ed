import type { Logger } from '@parley/common/logging';
import { ParleyError } from '@parley/proto/errors';
import { goodbyeSchema } from '@parley/proto/room';
import type { Settings } from '../config.ts';
import { pageClosed } from '../peer/peer-changes.ts';
import type { PeerExit } from '../peer/peer-exit.ts';
import type { PeerTasks } from '../peer/peer-tasks.ts';
import { isNewestSecret, readResumeSecret, type ResumeClaim } from '../peer/resume-secret.ts';
import type { LiveRoomStore } from '../store/live-room-store.ts';

type GoodbyesOptions = {
  settings: Settings;
  store: LiveRoomStore;
  exit: PeerExit;
  tasks: PeerTasks;
  logger: Logger;
};

/**
 * Takes what pages that go away say besides their socket, on whichever instance their peers are. The newest resume secret alone counts: with
 * an older one another page goes on by now. Showing an older one here does not end the peer, because the page of it may only be late.
 */
export class Goodbyes {
  readonly #options: GoodbyesOptions;

  constructor(options: GoodbyesOptions) {
    this.#options = options;
  }

  /**
   * The arguments are unchecked input. Does nothing if the peer is gone, or if the secret is not its newest any more. Rejects with
   * `resume_rejected` for a secret that never was the peer's.
   */
  async take(code: string, resumeSecret: string, verb: string): Promise<void> {
    const goodbye = goodbyeSchema.safeParse(verb);
    if (!goodbye.success) throw new ParleyError('invalid_request');
    const claim = readResumeSecret(resumeSecret);
    if (claim?.code !== code) throw new ParleyError('resume_rejected');
    await (goodbye.data === 'room:leave' ? this.#leave(claim) : this.#suspend(claim));
  }

  async #suspend({ code, peerId, hash }: ResumeClaim): Promise<void> {
    const { store, settings, logger } = this.#options;
    const close = pageClosed(store.now() + settings.closedGraceMs);
    try {
      const { before, after } = await store.changePeer(code, peerId, 'none', (peer) =>
        isNewestSecret(peer, hash) ? close(peer) : peer,
      );
      if (before.pageClosed !== after.pageClosed)
        logger.info({ roomCode: code, peerId, traceId: after.traceId }, 'page of the peer closed');
    } catch (error) {
      if (!(error instanceof ParleyError) || error.code !== 'peer_not_found') throw error;
    }
  }

  /** Each newer secret comes with another session, so a peer that is resumed meanwhile stays. */
  async #leave({ code, peerId, hash }: ResumeClaim): Promise<void> {
    const { store, exit, tasks } = this.#options;
    const peer = await store.findPeer(code, peerId);
    if (peer === undefined || !isNewestSecret(peer, hash)) return;
    const ref = { code, peerId, sessionId: peer.sessionId };
    await tasks.run(ref, () => exit.leave(ref, 'left'));
  }
}
