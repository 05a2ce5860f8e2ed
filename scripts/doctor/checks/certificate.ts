import { once } from 'node:events';
import { connect, type PeerCertificate, type TLSSocket } from 'node:tls';
import { isIP } from 'node:net';
import { skipped, verdict, type Check, type Finding } from '../finding.ts';
import { reasonOf } from '../http.ts';

const TIMEOUT_MS = 8_000;
const RENEW_WITHIN_DAYS = 14;
const DAY_MS = 86_400_000;
const SELF_SIGNED = ['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN'];

/**
 * Checks dates, names and trust of the certificate. Browsers give no camera to a page without https, except on
 * localhost.
 */
export const certificate: Check = {
  title: 'Certificate',
  async run({ origin }) {
    if (origin === undefined) return skipped('no address is known; give one with --url');
    const url = new URL(origin);
    if (url.protocol === 'http:') return plainHttp(url);
    const socket = await open(url).catch((error: unknown) => reasonOf(error));
    if (typeof socket === 'string')
      return verdict(
        [fault(`No TLS at ${url.host} (${socket}).`, 'Check the certificate files of the edge.')],
        '',
      );
    const findings = problemsOf(socket.getPeerCertificate(), socket.authorizationError, url.hostname);
    socket.destroy();
    const isSelfSigned = SELF_SIGNED.includes(codeOf(socket.authorizationError));
    return verdict(findings, isSelfSigned ? 'self-signed: browsers ask before they go on' : 'valid');
  },
};

function plainHttp({ hostname }: URL) {
  if (/^(localhost|127\.|\[::1\])/.test(hostname)) return skipped('not needed on this machine itself');
  const what = `The address is plain HTTP: browsers give no camera and no microphone to http://${hostname}.`;
  return verdict(
    [fault(what, 'Use HTTPS; docs/operations/install.md says how to give or make a certificate.')],
    '',
  );
}

async function open({ hostname, port }: URL): Promise<TLSSocket> {
  const host = hostname.replace(/^\[|\]$/g, '');
  const servername = isIP(host) ? '' : host;
  const socket = connect({ host, port: Number(port || 443), servername, rejectUnauthorized: false });
  socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error('no answer')));
  await once(socket, 'secureConnect');
  return socket;
}

function problemsOf(
  found: PeerCertificate,
  trouble: Error | string | undefined,
  hostname: string,
): Finding[] {
  const findings: Finding[] = [];
  const ends = Date.parse(found.valid_to);
  const days = Math.floor((ends - Date.now()) / DAY_MS);
  const renew = 'Renew it and have the edge read it; docs/operations/install.md, Certificates.';
  if (Date.parse(found.valid_from) > Date.now())
    findings.push(fault(`The certificate is not valid before ${found.valid_from}.`, 'Check the clock.'));
  if (days < 0) findings.push(fault(`The certificate expired on ${found.valid_to}.`, renew));
  else if (days < RENEW_WITHIN_DAYS) findings.push(fault(`The certificate expires in ${days} days.`, renew));
  if (!isFor(found, hostname))
    findings.push(
      fault(
        `The certificate is for ${found.subjectaltname ?? 'no name'}, not for ${hostname}.`,
        'Get one that names the address that browsers use.',
      ),
    );
  const code = codeOf(trouble);
  const isKnown = ['', 'CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'ERR_TLS_CERT_ALTNAME_INVALID'].includes(
    code,
  );
  if (!isKnown && !SELF_SIGNED.includes(code))
    findings.push(
      fault(
        `Browsers will not trust the certificate (${code}).`,
        'Serve the whole chain: certificate and intermediates.',
      ),
    );
  return findings;
}

function isFor({ subjectaltname = '' }: PeerCertificate, hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const names = subjectaltname
    .split(', ')
    .map((name) => name.replace(/^(DNS|IP Address):/, '').toLowerCase());
  return names.some((name) =>
    name.startsWith('*.') ? host.split('.').slice(1).join('.') === name.slice(2) : name === host,
  );
}

function codeOf(trouble: Error | string | undefined | null): string {
  if (!trouble) return '';
  return typeof trouble === 'string' ? trouble : ((trouble as NodeJS.ErrnoException).code ?? trouble.message);
}

function fault(what: string, fix: string): Finding {
  return { code: 'certificate', what, fix };
}
