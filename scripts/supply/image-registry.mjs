import { createHash } from 'node:crypto';
import { BootstrapError } from '../lib/bootstrap-error.mjs';

const HUB = 'https://registry-1.docker.io';
const MANIFESTS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');
const TIMEOUT_MS = 20_000;
/** Manifests and lists of tags have some kilobytes. */
const BODY_MAX_BYTES = 4_000_000;
const TAG_PAGES_MAX = 200;

/**
 * One image in a registry, by the HTTP interface that all registries share (the OCI distribution specification).
 *
 * A digest is the SHA-256 of the manifest, which in turn has the SHA-256 of every layer: whoever asks for an image by
 * its digest gets these bytes or none. The digest of a list of manifests stands for all processors.
 */
export class RegistryImage {
  #base;
  #scope;
  /** @type {string | undefined} */
  #token;

  /**
   * @param {string} name As in a compose file: nginx, grafana/grafana, quay.io/prometheus/prometheus.
   * @param {string} [mirror] The address of a registry that has the images of all others.
   */
  constructor(name, mirror) {
    const parts = name.split('/');
    const host = /[.:]/.test(parts[0] ?? '') ? parts.shift() : undefined;
    const path = host === undefined && parts.length === 1 ? `library/${parts[0]}` : parts.join('/');
    this.#base = `${mirror ?? (host === undefined ? HUB : `https://${host}`)}/v2/${path}`;
    this.#scope = `repository:${path}:pull`;
  }

  /**
   * The digest of a tag, and the day on which its image was made.
   *
   * @param {string} tag
   * @returns {Promise<{ digest: string, released: string }>}
   */
  async resolve(tag) {
    const { body, digest } = await this.#manifest(tag);
    const platforms = body.manifests?.filter(({ platform }) => platform?.os === 'linux') ?? [];
    const first = platforms.find(({ platform }) => platform?.architecture === 'amd64') ?? platforms[0];
    const { config } = first === undefined ? body : (await this.#manifest(first.digest)).body;
    if (config === undefined) throw new BootstrapError(`the manifest of ${this.#base}:${tag} names no image`);
    const { text } = await this.#get(`/blobs/${config.digest}`, '*/*');
    const released = String(JSON.parse(text).created ?? '').slice(0, 10);
    if (!/^\d{4}-\d\d-\d\d$/.test(released))
      throw new BootstrapError(`the image ${this.#base}:${tag} does not say when it was made`);
    return { digest, released };
  }

  /** @returns {Promise<string[]>} */
  async tags() {
    /** @type {string[]} */
    const tags = [];
    let path = '/tags/list?n=1000';
    for (let page = 0; page < TAG_PAGES_MAX; page += 1) {
      const { text, link } = await this.#get(path, 'application/json');
      tags.push(...(JSON.parse(text).tags ?? []));
      const [, next] = /<[^>]*(\/tags\/list\?[^>]*)>;\s*rel="?next"?/.exec(link) ?? [];
      if (next === undefined) return tags;
      path = next;
    }
    throw new BootstrapError(`${this.#base} has more tags than anybody could read`);
  }

  /**
   * @param {string} reference A tag or a digest.
   * @returns {Promise<{ body: { manifests?: { digest: string, platform?: { os?: string, architecture?: string } }[], config?: { digest: string } }, digest: string }>}
   */
  async #manifest(reference) {
    const { text, digest: stated } = await this.#get(`/manifests/${reference}`, MANIFESTS);
    const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`;
    const expected = reference.startsWith('sha256:') ? reference : stated;
    if (expected !== null && expected !== digest)
      throw new BootstrapError(`${this.#base} sent another manifest for ${reference} than it says`);
    return { body: JSON.parse(text), digest };
  }

  /**
   * @param {string} path
   * @param {string} accept
   * @returns {Promise<{ text: string, link: string, digest: string | null }>}
   */
  async #get(path, accept) {
    let response = await this.#fetch(this.#base + path, accept);
    if (response.status === 401) {
      this.#token = await this.#login(response.headers.get('www-authenticate') ?? '');
      response = await this.#fetch(this.#base + path, accept);
    }
    if (!response.ok) throw new BootstrapError(`${this.#base}${path} answers ${response.status}`);
    const text = await response.text();
    if (text.length > BODY_MAX_BYTES) throw new BootstrapError(`${this.#base}${path} answers too much`);
    const { headers } = response;
    return { text, link: headers.get('link') ?? '', digest: headers.get('docker-content-digest') };
  }

  /**
   * @param {string} challenge
   * @returns {Promise<string>} A token for reading, which registries give to anybody.
   */
  async #login(challenge) {
    const [, realm] = /realm="([^"]+)"/.exec(challenge) ?? [];
    if (realm === undefined || !URL.canParse(realm))
      throw new BootstrapError(`${this.#base} asks for a log-in of an unknown kind`);
    const url = new URL(realm);
    const [, service] = /service="([^"]+)"/.exec(challenge) ?? [];
    if (service !== undefined) url.searchParams.set('service', service);
    url.searchParams.set('scope', this.#scope);
    const response = await this.#fetch(url.href, 'application/json');
    if (!response.ok) throw new BootstrapError(`${url.host} gives no token (${response.status})`);
    const answer = /** @type {{ token?: string, access_token?: string }} */ (await response.json());
    return String(answer.token ?? answer.access_token);
  }

  /**
   * @param {string} url
   * @param {string} accept
   */
  async #fetch(url, accept) {
    /** @type {Record<string, string>} */
    const headers = { accept };
    if (this.#token !== undefined && url.startsWith(this.#base))
      headers.authorization = `Bearer ${this.#token}`;
    try {
      return await fetch(url, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
    } catch {
      throw new BootstrapError(`${new URL(url).host} cannot be reached`);
    }
  }
}
