import type { GrpcContext } from '@parley/common/grpc';
import { ParleyError } from '@parley/proto/errors';
import type { media } from '@parley/proto/media-rpc';
import type { LinkStream } from '../link/link-at-home.ts';
import type { MediaNode } from '../node/media-node.ts';
import { linkOpeningSchema, parseRequest } from './requests.ts';

/** How long the stream of a link may wait for its first message. */
const OPENING_TIMEOUT_MS = 5_000;

type OpeningStream = LinkStream & {
  once(event: 'message', listener: (message: media.LinkRequest) => void): unknown;
};

/** Opens the link that the first message of the stream asks for. Whatever is wrong with it ends the stream with its code. */
export function openLink(
  node: MediaNode,
  stream: OpeningStream,
  { logger }: Pick<GrpcContext, 'logger'>,
  timeoutMs = OPENING_TIMEOUT_MS,
): void {
  const timer = setTimeout(() => stream.fail(new ParleyError('timeout')), timeoutMs);
  stream.once('closed', () => clearTimeout(timer));
  stream.once('message', (message) => {
    clearTimeout(timer);
    let isOpen = false;
    // The other node says nothing until the link is open.
    stream.once('message', () => {
      if (!isOpen) stream.fail(new ParleyError('invalid_request', 'The link is not open yet.'));
    });
    open(node, stream, message).then(
      () => {
        isOpen = true;
        logger.debug('link opened');
      },
      (error: unknown) => stream.fail(error),
    );
  });
}

async function open(node: MediaNode, stream: LinkStream, message: media.LinkRequest): Promise<void> {
  const { roomId, ...opening } = parseRequest(linkOpeningSchema, message.open);
  await node.room(roomId).links.open(stream, opening);
}
