import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ParleyError } from '@parley/proto/errors';
import { traceIdSchema } from '@parley/proto/ids';
import { ROUTES, UPLOAD_PASS_HEADER } from '@parley/proto/rest';
import type { LinkedFile } from './file-owner.ts';
import type { Files } from './files.ts';

/** A body on which nothing moves for so long is cut. */
const IDLE_MS = 15_000;

/**
 * A file is for the disk of a person. If a browser showed it nonetheless, it would be a page without an origin, scripts or anything else
 * to load.
 */
const DOWNLOAD_HEADERS = {
  'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'private, no-store',
} as const;

type Limit = (
  name: 'uploadFile' | 'downloadFile',
  request: FastifyRequest,
  reply: FastifyReply,
) => Promise<void>;

type FileRouteParts = {
  /** Undefined if this gateway has no place for files. */
  files: Files | undefined;
  limit: Limit;
  /** The address of the client. */
  addressOf: (request: FastifyRequest) => string;
};

/** The two routes whose body or answer is a file. */
export function registerFileRoutes(app: FastifyInstance, { files, limit, addressOf }: FileRouteParts): void {
  // A scope of its own, because no other route takes bytes, and this one takes nothing else.
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/octet-stream', (_request, body, done) => done(null, body));
    scope.route({
      method: ROUTES.uploadFile.method,
      url: ROUTES.uploadFile.path,
      config: { route: 'uploadFile' },
      onRequest: (request, reply) => limit('uploadFile', request, reply),
      handler: (request, reply) => upload({ files, addressOf }, request, reply),
    });
    scope.route({
      method: ROUTES.downloadFile.method,
      url: ROUTES.downloadFile.path.replace('{link}', ':link'),
      config: { route: 'downloadFile' },
      onRequest: (request, reply) => limit('downloadFile', request, reply),
      handler: (request, reply) => download(files, request, reply),
    });
  });
}

async function upload(
  { files, addressOf }: Pick<FileRouteParts, 'files' | 'addressOf'>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  if (files === undefined) throw new ParleyError('unavailable', 'There is no place for files here.');
  if (!(request.body instanceof Readable)) throw new ParleyError('unsupported_media_type');
  const { socket, headers } = request.raw;
  socket.setTimeout(IDLE_MS, () => socket.destroy());
  // After the end of the body the client waits for us.
  request.body.once('end', () => socket.setTimeout(0));
  const length = headers['content-length'];
  const fileId = await files.intake.receive({
    pass: headers[UPLOAD_PASS_HEADER],
    body: request.body,
    address: addressOf(request),
    length: length === undefined ? undefined : Number(length),
    traceId: traceIdSchema.parse(request.id),
  });
  await reply.code(ROUTES.uploadFile.status).send({ fileId });
}

async function download(
  files: Files | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const params = ROUTES.downloadFile.params.safeParse(request.params);
  if (files === undefined || !params.success) throw new ParleyError('not_found');
  const file = await files.owner.getFile(params.data.link, traceIdSchema.parse(request.id));
  const body = await files.store.get(file.fileId);
  reply.headers({ ...DOWNLOAD_HEADERS, ...headersOf(file) });
  await reply.send(body);
}

function headersOf({ name, size, mediaType }: LinkedFile): Record<string, string> {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return {
    'content-type': mediaType,
    'content-length': String(size),
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`,
  };
}
