import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const S3_KEY = { accessKeyId: 'key-of-the-tests', secretAccessKey: 'secret of the tests' };
const REGION = 'eu-test-1';
const LIST_MAX = 2;

const hash = (data: string): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();

/** Objects of one bucket over the protocol of S3: PUT, GET, DELETE and lists of two at a time, with signatures of version 4, nothing else. */
export class S3StandIn {
  readonly objects = new Map<string, Buffer>();
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  /** Requests whose signature was wrong. */
  refused = 0;
  /** Answers nothing but errors while it is true. */
  broken = false;

  static async start(): Promise<S3StandIn> {
    const storage = new S3StandIn();
    await new Promise<void>((resolve) => storage.#server.listen(0, '127.0.0.1', resolve));
    return storage;
  }

  get place() {
    const { port } = this.#server.address() as AddressInfo;
    return { bucket: 'calls', endpoint: `http://127.0.0.1:${port}`, region: REGION, ...S3_KEY };
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://s3');
    const parts: Buffer[] = [];
    try {
      for await (const part of request) parts.push(part as Buffer);
    } catch {
      return;
    }
    if (this.broken) return void response.writeHead(503).end();
    if (!isSigned(request, url)) {
      this.refused += 1;
      return void response.writeHead(403).end();
    }
    if (url.searchParams.has('list-type')) return void response.writeHead(200).end(this.#listed(url));
    const known = this.objects.get(url.pathname);
    if (request.method === 'PUT') {
      this.objects.set(url.pathname, Buffer.concat(parts));
      response.writeHead(200).end();
    } else if (request.method === 'DELETE') {
      this.objects.delete(url.pathname);
      response.writeHead(204).end();
    } else if (known === undefined) {
      const body = '<?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error>';
      response.writeHead(404, { 'content-type': 'application/xml' }).end(body);
    } else response.writeHead(200, { 'content-length': known.byteLength }).end(known);
  }

  #listed({ pathname, searchParams }: URL): string {
    const bucket = `${pathname.replace(/\/$/, '')}/`;
    const keys = [...this.objects.keys()].map((path) => path.slice(bucket.length)).sort();
    const from = Number(searchParams.get('continuation-token') ?? 0);
    const page = keys.filter((key) => key.startsWith(searchParams.get('prefix') ?? '')).slice(from);
    const contents = page
      .slice(0, LIST_MAX)
      .map(
        (key) =>
          `<Contents><Key>${key}</Key><Size>${this.objects.get(bucket + key)?.length}</Size></Contents>`,
      );
    const more = `<NextContinuationToken>${from + LIST_MAX}</NextContinuationToken>`;
    return `<?xml version="1.0"?><ListBucketResult>${contents.join('')}${page.length > LIST_MAX ? more : ''}</ListBucketResult>`;
  }
}

function isSigned(request: IncomingMessage, url: URL): boolean {
  const given = request.headers.authorization ?? '';
  const [, scope = '', names = '', signature] =
    /Credential=[^/]+\/([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]+)/.exec(given) ?? [];
  const query = [...url.searchParams].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).sort();
  const headers = names.split(';').map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
  const canonical = [
    request.method,
    url.pathname,
    query.join('&'),
    headers.join(''),
    names,
    request.headers['x-amz-content-sha256'],
  ].join('\n');
  const day = scope.split('/')[0] ?? '';
  const text = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, hash(canonical)].join('\n');
  const key = ['s3', 'aws4_request'].reduce(
    (made, part) => hmac(made, part),
    hmac(hmac(`AWS4${S3_KEY.secretAccessKey}`, day), REGION),
  );
  return signature === hmac(key, text).toString('hex');
}
