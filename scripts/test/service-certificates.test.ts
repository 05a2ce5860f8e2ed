import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CERTIFIED_NAMES as CONTRACT } from '@parley/proto/grpc';
import {
  CERTIFIED_NAMES,
  ensureServiceCertificates,
  makeServiceCertificate,
  SERVER_NAMES,
  trustedAuthority,
} from '../lib/service-certificates.mjs';

const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-certificates-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const make = (now = Date.now()) => ensureServiceCertificates(folder, CERTIFIED_NAMES, { now });

function texts(now?: number): string[] {
  return [...make(now).values()].flatMap(({ authorityPath, certificatePath, keyPath }) =>
    [authorityPath, certificatePath, keyPath].map((path) => readFileSync(path, 'utf8')),
  );
}

function certificateOf(name: string, now?: number): X509Certificate {
  return new X509Certificate(readFileSync(make(now).get(name)?.certificatePath ?? ''));
}

describe('the certificates of the services', () => {
  test('are for the names of the contract, each for one, from one authority', () => {
    expect(CERTIFIED_NAMES).toEqual([...CONTRACT]);
    make();
    const authority = new X509Certificate(readFileSync(join(folder, 'authority', 'certificate.pem')));
    expect(authority.ca).toBe(true);
    for (const name of CERTIFIED_NAMES) {
      const certificate = certificateOf(name);
      expect(certificate.subjectAltName).toBe(`DNS:${name}`);
      expect(certificate.ca).toBe(false);
      expect(certificate.checkIssued(authority)).toBe(true);
      expect(certificate.verify(authority.publicKey)).toBe(true);
      expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
    }
  });

  test('are made once, and their keys are for one user', () => {
    const first = texts();
    expect(texts()).toEqual(first);
    expect(new Set(first).size).toBe(CERTIFIED_NAMES.length * 2 + 1);
    for (const { keyPath } of make().values()) expect(statSync(keyPath).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'authority')).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'authority', 'key.pem')).mode & 0o777).toBe(0o600);
  });

  test('are made anew a year before they end, by the same authority while that lasts', () => {
    const now = Date.now();
    const [before] = [certificateOf('media', now)];
    expect(certificateOf('media', now + 3.9 * YEAR_MS).serialNumber).toBe(before.serialNumber);
    const renewed = certificateOf('media', now + 4.1 * YEAR_MS);
    expect(renewed.serialNumber).not.toBe(before.serialNumber);
    const authority = () => readFileSync(join(folder, 'authority', 'certificate.pem'), 'utf8');
    const old = authority();
    certificateOf('media', now + 16 * YEAR_MS);
    expect(authority()).not.toBe(old);
    // Every certificate is of the new authority at once.
    for (const name of CERTIFIED_NAMES)
      expect(certificateOf(name, now + 16 * YEAR_MS).verify(new X509Certificate(authority()).publicKey)).toBe(
        true,
      );
  });

  test.each(['certificate.pem', 'key.pem', 'authority.pem'])('are made anew if %s is damaged', (file) => {
    const before = certificateOf('media').serialNumber;
    const other = certificateOf('gateway').serialNumber;
    writeFileSync(join(folder, 'media', file), 'damaged');
    expect(certificateOf('media').serialNumber).not.toBe(before);
    expect(certificateOf('gateway').serialNumber).toBe(other);
  });

  test('are made anew if a key belongs to another certificate', () => {
    const before = certificateOf('media').serialNumber;
    writeFileSync(join(folder, 'media', 'key.pem'), readFileSync(join(folder, 'gateway', 'key.pem')));
    expect(certificateOf('media').serialNumber).not.toBe(before);
  });

  test('come for a service on another machine from the same authority, each time a new one', () => {
    make();
    const away = join(folder, 'away');
    const first = makeServiceCertificate(folder, 'media', away);
    const certificate = new X509Certificate(readFileSync(first.certificatePath));
    expect(certificate.verify(new X509Certificate(readFileSync(first.authorityPath)).publicKey)).toBe(true);
    expect(readFileSync(first.authorityPath)).toEqual(
      readFileSync(join(folder, 'authority', 'certificate.pem')),
    );
    expect(certificate.subjectAltName).toBe('DNS:media');
    expect(certificate.serialNumber).not.toBe(certificateOf('media').serialNumber);
    expect(statSync(first.keyPath).mode & 0o777).toBe(0o600);
    expect(() => makeServiceCertificate(folder, 'nginx', away)).toThrow('media, signaling, gateway, doctor');
  });

  test('are for servers that are not ours as well, here and on other machines, and one file lets a program know them all', () => {
    const made = ensureServiceCertificates(folder, SERVER_NAMES);
    const authority = readFileSync(trustedAuthority(folder), 'utf8');
    expect(authority).toBe(readFileSync(join(folder, 'authority', 'certificate.pem'), 'utf8'));
    expect(statSync(trustedAuthority(folder)).mode & 0o777).toBe(0o644);
    expect(readdirSync(join(folder, 'trust'))).toEqual(['authority.pem']);
    const { publicKey } = new X509Certificate(authority);
    for (const name of SERVER_NAMES) {
      const away = makeServiceCertificate(folder, name, join(folder, 'away', name)).certificatePath;
      for (const path of [made.get(name)?.certificatePath ?? '', away]) {
        const certificate = new X509Certificate(readFileSync(path));
        expect([certificate.subjectAltName, certificate.verify(publicKey)]).toEqual([`DNS:${name}`, true]);
      }
    }
  });

  test('are valid beyond the year 2049, whose dates have another form', () => {
    const late = Date.parse('2048-06-01');
    expect(certificateOf('media', late).validToDate.getUTCFullYear()).toBe(2053);
  });
});
