import { GrpcClient } from '@parley/common/grpc';
import { createMetrics } from '@parley/common/service';
import { CONSUL_TOKENS, silentLogger, waitFor } from '@parley/common/testing';
import {
  CERTIFIED_NAMES,
  EXCHANGE_METHOD,
  GRPC_ACCESS,
  mayCall,
  type CertifiedName,
} from '@parley/proto/grpc';
import { MediaService } from '@parley/proto/media-rpc';
import { FalseInstance } from '../../tests/harness/servers/false-instance.ts';
import { atLeast, atMost, type AnyAttack, type Attack, type Finding } from '../frame/attack.ts';
import { FALSE_SERVERS } from './false-servers.ts';
import { INSIDE, type Inside } from './servers.ts';

const SERVICES = ['media', 'signaling', 'gateway', 'logs'] as const;
const MEDIA = 'parley.media.v1.MediaService';
/** What would be worth something in the hands of a stranger. */
const WORTH = ['Bearer', 'authorization', 'PRI * HTTP/2', ...Object.values(CONSUL_TOKENS)];

const STREAMS = ['Watch', 'Link', EXCHANGE_METHOD];
/** All methods of a media node that are no streams, each as a call alone and over an exchange. */
const CALLS = Object.keys(GRPC_ACCESS[MEDIA]?.callers ?? {})
  .filter((method) => !STREAMS.includes(method))
  .flatMap((method) => [true, false].map((alone) => ({ method, alone })));

const REGISTRY: Attack<Inside> = {
  name: 'registry',
  description: 'registers false instances of signaling in Consul and keeps what the gateway sends them',
  servers: INSIDE,
  run: async ({ consul, certificates, gateway }) => {
    const findings: Finding[] = [];
    for (const [who, shown] of [
      ['without a certificate', undefined],
      ["with the media nodes' certificate", certificates.media],
    ] as const) {
      const instance = await FalseInstance.start(shown);
      const registration = await instance.registerAs('signaling', consul.url);
      const create = () => fetch(`${gateway.url}/api/rooms`, { method: 'POST' });
      await waitFor(
        async () => {
          await create();
          return instance.raw.some((bytes) => bytes.length > 0);
        },
        { what: 'the gateway calls the false instance', intervalMs: 250 },
      );
      const { status } = await create();
      findings.push(
        atLeast(`connections to an instance ${who}`, instance.raw.length, 1),
        atMost('  bytes that it could read', instance.plain.length, 0),
        atMost(
          '  secrets in what it received',
          WORTH.filter((word) => instance.text.includes(word)).length,
          0,
        ),
        atLeast('  status that the gateway answers meanwhile', status, 500),
      );
      await registration.close();
      instance.close();
    }
    return findings;
  },
};

const CALLERS: Attack<Inside> = {
  name: 'callers',
  description: 'calls every method of a media node with the certificate of each other service',
  servers: INSIDE,
  run: async ({ certificates, forged, ports }) => {
    const findings: Finding[] = [];
    for (const caller of CERTIFIED_NAMES) {
      const { refused, through } = await callAll(caller, certificates[caller], ports.media);
      const permitted = CALLS.filter((call) => isPermitted(caller, call)).length;
      if (permitted > 0) findings.push(atLeast(`calls that ${caller} may make`, through, permitted));
      findings.push(atMost(`calls that ${caller} got through with (${refused} refused)`, through, permitted));
    }
    const stranger = await callAll('signaling', forged.signaling, ports.media);
    return [
      ...findings,
      atLeast('calls with a forged certificate for signaling', stranger.failed, CALLS.length),
      atMost('  calls that got through', stranger.through, 0),
    ];
  },
};

/** A media node finds producers of another one, and opens no exchange. */
function isPermitted(caller: CertifiedName, { method, alone }: (typeof CALLS)[number]): boolean {
  const mayAsk = (name: string): boolean => mayCall(caller, MEDIA, `/${MEDIA}/${name}`);
  return mayAsk(method) && (alone || mayAsk(EXCHANGE_METHOD));
}

type Certificates = Inside['certificates'][CertifiedName];

async function callAll(caller: CertifiedName, certificates: Certificates, port: number) {
  const client = GrpcClient.create(MediaService, `127.0.0.1:${port}`, {
    certificates,
    logger: silentLogger,
    metrics: createMetrics(caller),
  });
  let [refused, failed, through] = [0, 0, 0];
  for (const { method, alone } of CALLS) {
    const name = `${method.charAt(0).toLowerCase()}${method.slice(1)}` as 'getStatus';
    const code = await client.call(name, {}, { alone }).then(
      () => 'ok',
      (error: { code: string }) => error.code,
    );
    if (code === 'forbidden') refused += 1;
    else if (code === 'ok') through += 1;
    else failed += 1;
  }
  client.close();
  return { refused, failed, through };
}

const CONSUL: Attack<Inside> = {
  name: 'consul',
  description:
    'registers services in Consul with no token and with the tokens of other services, and asks for the management',
  servers: INSIDE,
  run: async ({ consul }) => {
    const put = async (what: string, token: string | undefined, body: object) => {
      const headers: Record<string, string> = token === undefined ? {} : { 'x-consul-token': token };
      const url = `${consul.url}/v1/${what}`;
      return (await fetch(url, { method: 'PUT', headers, body: JSON.stringify(body) })).status;
    };
    let [asked, taken, own] = [0, 0, 0];
    for (const service of SERVICES) {
      for (const holder of [undefined, ...SERVICES]) {
        const instance = { Name: service, ID: `attack-${service}`, Address: '127.0.0.1', Port: 1 };
        const token = holder === undefined ? undefined : CONSUL_TOKENS[holder];
        const status = await put('agent/service/register', token, instance);
        if (holder === service) own += Number(status === 200);
        else {
          asked += 1;
          taken += Number(status === 200);
        }
      }
      await put(`agent/service/deregister/attack-${service}`, CONSUL_TOKENS[service], {});
    }
    const seen = (await (await fetch(`${consul.url}/v1/catalog/services`)).json()) as object;
    return [
      atLeast('registrations with the own token', own, SERVICES.length),
      atMost(`registrations without it, of ${asked}`, taken, 0),
      atMost('services that are shown without a token', Object.keys(seen).length, 0),
      atLeast('status of the request for the management', await put('acl/bootstrap', undefined, {}), 400),
    ];
  },
};

/** What somebody may do who has come as far as the network between the services. */
export const INSIDE_ATTACKS: readonly AnyAttack[] = [REGISTRY, CALLERS, CONSUL, FALSE_SERVERS];
