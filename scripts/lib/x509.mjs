// Makes X.509 certificates with Node alone, which can sign and read them but has no function that writes one. Used where neither an npm
// package nor openssl may be needed. Keys are P-256, signatures ECDSA with SHA-256.
import { createHash, randomBytes, sign } from 'node:crypto';

/** @typedef {import('node:crypto').KeyObject} KeyObject */

const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  utcTime: 0x17,
  time: 0x18,
  sequence: 0x30,
  set: 0x31,
};
/** Tags in a context of their own; the second kind contains other elements. */
const PLAIN = 0x80;
const CONSTRUCTED = 0xa0;

const OID = {
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  commonName: '2.5.4.3',
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  alternativeNames: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyId: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
};
const VERSION_3 = Buffer.from([2]);
const SERIAL_BYTES = 16;

/**
 * @param {number} tag
 * @param {...Buffer} content
 */
function der(tag, ...content) {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag]), lengthOf(body.length), body]);
}

/** @param {number} length */
function lengthOf(length) {
  if (length < 0x80) return Buffer.from([length]);
  const bytes = Buffer.from(length.toString(16).padStart(length > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
}

/** @param {string} text */
function oid(text) {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  const bytes = [first * 40 + second, ...rest.flatMap(base128)];
  return der(TAG.oid, Buffer.from(bytes));
}

/**
 * @param {number} value
 * @returns {number[]}
 */
function base128(value) {
  const digits = [value & 0x7f];
  for (let left = value >>> 7; left > 0; left >>>= 7) digits.unshift((left & 0x7f) | 0x80);
  return digits;
}

/** @param {Date} date */
function time(date) {
  const text = date.toISOString().replace(/[-:T]|\.\d+/g, '');
  // RFC 5280: two digits of the year up to 2049, and four from then on.
  return date.getUTCFullYear() < 2050
    ? der(TAG.utcTime, Buffer.from(text.slice(2)))
    : der(TAG.time, Buffer.from(text));
}

/** @param {string} commonName */
function distinguishedName(commonName) {
  const attribute = der(TAG.sequence, oid(OID.commonName), der(TAG.utf8, Buffer.from(commonName)));
  return der(TAG.sequence, der(TAG.set, attribute));
}

/**
 * @param {string} id
 * @param {Buffer} value
 * @param {boolean} [isCritical]
 */
function extension(id, value, isCritical = false) {
  const critical = isCritical ? [der(TAG.boolean, Buffer.from([0xff]))] : [];
  return der(TAG.sequence, oid(id), ...critical, der(TAG.octets, value));
}

/** @param {KeyObject} publicKey */
function keyId(publicKey) {
  return createHash('sha1').update(spki(publicKey)).digest();
}

/** @param {KeyObject} publicKey */
function spki(publicKey) {
  return publicKey.export({ type: 'spki', format: 'der' });
}

/**
 * @typedef {object} CertificateRequest
 * @property {string} subject The common name.
 * @property {string} [dnsName] The one name of a leaf. An authority has none.
 * @property {KeyObject} publicKey
 * @property {string} issuer The common name of the authority.
 * @property {KeyObject} issuerKey The private key of the authority.
 * @property {KeyObject} issuerPublicKey
 * @property {Date} from
 * @property {Date} until
 */

/**
 * A certificate in the form of PEM: of an authority, or of a service that is client and server.
 *
 * @param {CertificateRequest} request
 * @returns {string}
 */
export function makeCertificate(request) {
  const algorithm = der(TAG.sequence, oid(OID.ecdsaWithSha256));
  // A positive number: its first bit is not set.
  const serial = randomBytes(SERIAL_BYTES);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const content = der(
    TAG.sequence,
    der(CONSTRUCTED, der(TAG.integer, VERSION_3)),
    der(TAG.integer, serial),
    algorithm,
    distinguishedName(request.issuer),
    der(TAG.sequence, time(request.from), time(request.until)),
    distinguishedName(request.subject),
    spki(request.publicKey),
    der(CONSTRUCTED | 3, der(TAG.sequence, ...extensions(request))),
  );
  const signature = der(TAG.bits, Buffer.from([0]), sign('sha256', content, request.issuerKey));
  const certificate = der(TAG.sequence, content, algorithm, signature).toString('base64');
  const lines = certificate.match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

/** @param {CertificateRequest} request */
function extensions({ dnsName, publicKey, issuerPublicKey }) {
  const ids = [
    extension(OID.subjectKeyId, der(TAG.octets, keyId(publicKey))),
    extension(OID.authorityKeyId, der(TAG.sequence, der(PLAIN, keyId(issuerPublicKey)))),
  ];
  // The first byte of a usage is the number of unused bits: keyCertSign is bit 5, digitalSignature bit 0.
  const usage = (/** @type {number[]} */ ...bytes) =>
    extension(OID.keyUsage, der(TAG.bits, Buffer.from(bytes)), true);
  if (dnsName === undefined) {
    const isAuthority = der(TAG.boolean, Buffer.from([0xff]));
    const noneBelow = der(TAG.integer, Buffer.from([0]));
    return [
      extension(OID.basicConstraints, der(TAG.sequence, isAuthority, noneBelow), true),
      usage(2, 0b0000_0100),
      ...ids,
    ];
  }
  return [
    extension(OID.basicConstraints, der(TAG.sequence), true),
    usage(7, 0b1000_0000),
    extension(OID.extendedKeyUsage, der(TAG.sequence, oid(OID.serverAuth), oid(OID.clientAuth))),
    extension(OID.alternativeNames, der(TAG.sequence, der(PLAIN | 2, Buffer.from(dnsName)))),
    ...ids,
  ];
}
