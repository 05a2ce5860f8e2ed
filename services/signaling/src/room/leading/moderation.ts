import { ParleyError } from '@parley/proto/errors';
import type { PeerId } from '@parley/proto/ids';
import {
  leads,
  UNKNOWN_IDENTITY,
  type Act,
  type ActKind,
  type ProducerRecord,
  type Role,
} from '@parley/proto/room';
import type { Source } from '@parley/proto/rtp';
import type { ActPerson } from '../../database/act-repository.ts';
import { RemotePeer } from '../../nodes/remote-peer.ts';
import {
  handLowered,
  isMicrophoneOpen,
  microphoneMuted,
  ofRecord,
  producersRemoved,
  unmuteAllowed,
} from '../../peer/peer-changes.ts';
import type { PeerSession } from '../../peer/peer-session.ts';
import type { LeaveReason, LivePeer, PeerChange } from '../../store/live-room-store.ts';
import type { Parts } from '../parts.ts';

type ModerationParts = Pick<Parts, 'store' | 'nodes' | 'exit' | 'acts' | 'keeper'>;
type Detail = Pick<Act, 'source' | 'role'>;

/** What ends together with a source. */
const STOPPED_SOURCES = { camera: ['camera'], screen: ['screen', 'screen-audio'] } as const;

/**
 * What somebody who leads the call does to others, on whichever instance they are. The stored peer is changed and the media
 * node is asked at once, so that it is done when the request is answered, even if the instance of the person is dead. That
 * instance then brings its session in line, see `SentMedia.obeyMute`.
 */
export class Moderation {
  readonly #parts: ModerationParts;

  constructor(parts: ModerationParts) {
    this.#parts = parts;
  }

  async mute(by: PeerSession, peerId: PeerId): Promise<void> {
    const peer = await this.#other(by, peerId);
    await this.#silence(by, peer);
    await this.#report(by, peer, 'muted');
  }

  async askToUnmute(by: PeerSession, peerId: PeerId): Promise<void> {
    const peer = await this.#other(by, peerId);
    // Where only hosts may unmute, those whom a host asks may.
    await this.#change(by, peer, unmuteAllowed(true));
    await this.#report(by, peer, 'asked-to-unmute');
  }

  /** Ends the producers of the source, and the sound of a shared screen with it. */
  async stop(by: PeerSession, peerId: PeerId, source: keyof typeof STOPPED_SOURCES): Promise<void> {
    const peer = await this.#other(by, peerId);
    const sources: readonly Source[] = STOPPED_SOURCES[source];
    const { before } = await this.#change(by, peer, producersRemoved(sources));
    const stopped = before.record.producers.filter((producer) => sources.includes(producer.source));
    if (stopped.length === 0) return;
    await this.#atNode(by, before, stopped, (media, { producerId }) => media.closeProducer(producerId));
    await this.#report(by, peer, 'stopped', { source });
  }

  async lowerHand(by: PeerSession, peerId: PeerId): Promise<void> {
    const peer = await this.#other(by, peerId);
    const { before } = await this.#change(by, peer, handLowered);
    if (before.record.handRaisedAt !== null) await this.#report(by, peer, 'hand-lowered');
  }

  async lowerHands(by: PeerSession): Promise<void> {
    const raised = (await this.#peers(by)).filter(({ record }) => record.handRaisedAt !== null);
    await this.#each(raised, async (peer) => {
      await this.#change(by, peer, handLowered);
      if (peer.record.peerId !== by.peerId) await this.#notify(by, peer, 'hand-lowered');
    });
    this.#log(by, null, 'hands-lowered');
  }

  /**
   * Changes the role of the person, which may have several peers. Rejects with `forbidden` for an owner, and with `conflict` if
   * nobody would lead the call any more.
   */
  async setRole(by: PeerSession, peerId: PeerId, role: Exclude<Role, 'owner'>): Promise<void> {
    const peers = await this.#peers(by);
    const peer = peers.find(({ record }) => record.peerId === peerId);
    if (peer === undefined) throw new ParleyError('peer_not_found');
    const own = peersOfPerson(peers, peer);
    const isLastLeader = peers.every((one) => own.includes(one) || !leads(one.record.role));
    if (isLastLeader && leads(peer.record.role) && !leads(role))
      throw new ParleyError('conflict', 'Somebody has to lead the call. Make another person a host first.');
    assertNoOwner(peer);
    await this.#each(own, async (one) => {
      const { before, after } = await this.#change(by, one, roleSet(role));
      if (before.record.role !== after.record.role) await this.#report(by, after, 'role-changed', { role });
    });
  }

  /** First the other one, so that somebody leads the call at any time. */
  async handOver(by: PeerSession, peerId: PeerId): Promise<void> {
    const peer = await this.#other(by, peerId);
    if (!leads(peer.record.role)) await this.setRole(by, peerId, 'host');
    const own = await this.#parts.store.findPeer(by.code, by.peerId);
    if (own?.record.role === 'host') await this.setRole(by, by.peerId, 'participant');
  }

  /** Rejects with `forbidden` for an owner. */
  async remove(by: PeerSession, peerId: PeerId): Promise<void> {
    const peer = await this.#other(by, peerId);
    assertNoOwner(peer);
    await this.#report(by, peer, 'removed');
    await this.#demote(by, peer);
    await this.#expel(by, peerId, 'removed');
  }

  /**
   * Keeps the person out from now on, and then removes every peer of the person. Rejects with `forbidden` for an owner, and with
   * `invalid_request` for a peer of the same person as `by`.
   */
  async ban(by: PeerSession, peerId: PeerId): Promise<void> {
    const peer = await this.#other(by, peerId);
    assertNoOwner(peer);
    const { identity, addressHash, record } = peer;
    if (identity === by.peer.identity)
      throw new ParleyError('invalid_request', 'Nobody can ban their own account or browser.');
    const bannedBy = by.peer.record.displayName;
    // The ban first, or the person could come back in between.
    await this.#parts.keeper.ban(by.code, {
      identity,
      addressHash,
      displayName: record.displayName,
      bannedBy,
    });
    this.#log(by, peer, 'banned');
    await this.#each(peersOfPerson(await this.#peers(by), peer), async (one) => {
      await this.#notify(by, one, 'banned');
      await this.#demote(by, one);
      await this.#expel(by, one.record.peerId, 'banned');
    });
  }

  /** Removes everybody who is in the room now, `by` last. */
  async endCall(by: PeerSession): Promise<void> {
    this.#log(by, null, 'call-ended');
    const others = (await this.#peers(by)).filter(({ record }) => record.peerId !== by.peerId);
    await this.#each(others, async (peer) => {
      await this.#notify(by, peer, 'call-ended');
      await this.#expel(by, peer.record.peerId, 'call-ended');
    });
    // Its client receives the reply, and knows why.
    await this.#expel(by, by.peerId, 'left');
  }

  /** Resolves with the number of those who were heard until then. */
  async muteAll(by: PeerSession): Promise<number> {
    const others = (await this.#peers(by)).filter(({ record }) => record.peerId !== by.peerId);
    let muted = 0;
    await this.#each(others, async (peer) => {
      if (!(await this.#silence(by, peer))) return;
      muted += 1;
      await this.#notify(by, peer, 'muted');
    });
    this.#log(by, null, 'all-muted');
    return muted;
  }

  /** In the record and on the node. Resolves with whether the peer was heard until then, or would be with its next media. */
  async #silence(by: PeerSession, peer: LivePeer): Promise<boolean> {
    const mute: PeerChange = (one) => unmuteAllowed(false)(microphoneMuted(one));
    const { before, after } = await this.#change(by, peer, mute);
    const microphones = after.record.producers.filter(({ source }) => source === 'microphone');
    await this.#atNode(by, after, microphones, (media, { producerId }) => media.pauseProducer(producerId));
    return isMicrophoneOpen(before);
  }

  /** A host who is sent away is none any more on coming back. */
  async #demote(by: PeerSession, peer: LivePeer): Promise<void> {
    if (leads(peer.record.role)) await this.#change(by, peer, roleSet('participant'));
  }

  async #expel({ code }: PeerSession, peerId: PeerId, reason: LeaveReason): Promise<void> {
    await this.#parts.exit.expel(code, peerId, reason);
  }

  /** Rejects with `peer_not_found`, and with `invalid_request` for the own peer. */
  async #other({ code, peerId: own }: PeerSession, peerId: PeerId): Promise<LivePeer> {
    if (peerId === own) throw new ParleyError('invalid_request', 'This is for other peers.');
    const peer = await this.#parts.store.findPeer(code, peerId);
    if (peer === undefined) throw new ParleyError('peer_not_found');
    return peer;
  }

  async #peers({ code }: PeerSession): Promise<readonly LivePeer[]> {
    const live = await this.#parts.store.find(code);
    if (live === undefined) throw new ParleyError('closed');
    return live.peers;
  }

  #change({ code }: PeerSession, { record }: LivePeer, change: PeerChange) {
    return this.#parts.store.changePeer(code, record.peerId, 'none', change);
  }

  /** Peers that leave meanwhile are passed over. */
  async #each(peers: readonly LivePeer[], task: (peer: LivePeer) => Promise<void>): Promise<void> {
    const outcomes = await Promise.allSettled(peers.map(task));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected' && !isGone(outcome.reason));
    if (failed?.status === 'rejected') throw failed.reason;
  }

  /** Does nothing for a peer whose media is lost, or on a node that this instance does not know. */
  async #atNode(
    { code }: PeerSession,
    { mediaNodeId, record, traceId }: LivePeer,
    producers: readonly ProducerRecord[],
    command: (media: RemotePeer, producer: ProducerRecord) => Promise<void>,
  ): Promise<void> {
    const node = mediaNodeId === null ? undefined : this.#parts.nodes.find(mediaNodeId);
    if (node === undefined) return;
    const media = new RemotePeer({ node, code, peerId: record.peerId, traceId });
    await Promise.all(
      producers.map((producer) =>
        command(media, producer).catch((error: unknown) => {
          // The producer ended meanwhile.
          if (!isGone(error)) throw error;
        }),
      ),
    );
  }

  async #report(by: PeerSession, peer: LivePeer, kind: ActKind, detail: Detail = {}): Promise<void> {
    this.#log(by, peer, kind, detail);
    await this.#notify(by, peer, kind, detail);
  }

  async #notify(by: PeerSession, { record }: LivePeer, kind: ActKind, detail: Detail = {}): Promise<void> {
    const { store } = this.#parts;
    const { displayName: byName } = by.peer.record;
    const act: Act = { kind, byPeerId: by.peerId, byName, at: store.now(), ...detail };
    await store.publish(by.code, { type: 'act-done', toPeerId: record.peerId, act });
  }

  #log(by: PeerSession, to: LivePeer | null, kind: ActKind, { source, role }: Detail = {}): void {
    const { acts, store } = this.#parts;
    acts.add({
      code: by.code,
      kind,
      by: personOf(by.peer),
      to: to && personOf(to),
      detail: source ?? role ?? null,
      doneAt: store.now(),
    });
    by.logger.info({ kind, toPeerId: to?.record.peerId }, 'act done');
  }
}

function personOf({ record, identity }: LivePeer): ActPerson {
  return { peerId: record.peerId, name: record.displayName, identity };
}

/** The peers of the person that the peer belongs to, this one included. Nobody knows of which person a peer without identity is. */
function peersOfPerson(peers: readonly LivePeer[], peer: LivePeer): readonly LivePeer[] {
  if (peer.identity === UNKNOWN_IDENTITY) return [peer];
  return peers.filter(({ identity }) => identity === peer.identity);
}

function assertNoOwner({ record }: LivePeer): void {
  if (record.role === 'owner') throw new ParleyError('forbidden', 'The owner of the room stays.');
}

function roleSet(role: Role): PeerChange {
  return (peer) => {
    assertNoOwner(peer);
    return ofRecord((record) => ({ ...record, role }))(peer);
  };
}

const GONE: readonly string[] = ['closed', 'peer_not_found', 'producer_not_found'];

function isGone(error: unknown): boolean {
  return error instanceof ParleyError && GONE.includes(error.code);
}
