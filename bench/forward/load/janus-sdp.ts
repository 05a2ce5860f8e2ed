/*
 * Janus describes each stream of a subscription by a media section of its own. An endpoint here has one section and takes all packets of the
 * connection, as it does from mediasoup, so that the load costs the same whatever the server is.
 */

type Sections = { session: string; media: string[] };

function split(sdp: string): Sections {
  const [session = '', ...media] = sdp.split(/^(?=m=)/m);
  return { session, media };
}

const midOf = (section: string) => /^a=mid:(\S+)/m.exec(section)?.[1] ?? '';

const bundle = (session: string, mids: readonly string[]) =>
  session.replace(/^a=group:BUNDLE.*$/m, `a=group:BUNDLE ${mids.join(' ')}`);

/** The offer with its first media section alone. */
export function firstSection(offer: string): string {
  const { session, media } = split(offer);
  const first = media[0];
  if (first === undefined) throw new Error('the offer has no media');
  return bundle(session, [midOf(first)]) + first;
}

/**
 * The answer to all sections of the offer, made of the answer to the first. It asks for retransmissions, as consumers of mediasoup do, so that
 * Janus keeps what it has sent as well.
 */
export function answerAll(answer: string, offer: string): string {
  const { session, media } = split(answer);
  const first = media[0];
  if (first === undefined) throw new Error('the answer has no media');
  const mids = split(offer).media.map(midOf);
  const payloadType = /^m=\S+ \d+ \S+ (\d+)/.exec(first)?.[1] ?? '';
  const asking = first.replace(/^(a=rtpmap:.*\r\n)/m, `$1a=rtcp-fb:${payloadType} nack\r\n`);
  return bundle(session, mids) + mids.map((mid) => asking.replace(/^a=mid:\S+/m, `a=mid:${mid}`)).join('');
}
