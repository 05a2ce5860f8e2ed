import type { z } from 'zod';
import { envSchema } from '../config/env-schema.ts';
import { isCertificate } from './server-trust.ts';

/** The two variables of one server. `variable` names its address. */
export const serverTrustField = {
  authority: (server: string, variable: string) =>
    envSchema
      .pem(isCertificate, 'a certificate')
      .optional()
      .describe(
        `the certificate of the authority by which ${server} proves itself; set ${variable}_FILE to its path. Without it, the authorities that the machine knows`,
      ),
  name: (server: string) =>
    envSchema
      .host()
      .optional()
      .describe(`the name in the certificate of ${server}, if it is not the host of its address`),
};

type TrustVariables = Readonly<Record<string, unknown>>;

/**
 * For `.superRefine(checkServerTrust(…), WITH_OTHER_PROBLEMS)`: refuses trust that would have no effect, because the address is for a
 * connection without TLS or is not there.
 */
export function checkServerTrust(prefix: string, address: string, secureScheme: string) {
  return (config: TrustVariables, context: z.core.$RefinementCtx): void => {
    const url = config[address];
    for (const name of [`${prefix}_TLS_AUTHORITY`, `${prefix}_TLS_NAME`]) {
      if (config[name] === undefined) continue;
      const problem = (message: string) => context.addIssue({ code: 'custom', path: [name], message });
      if (typeof url !== 'string') problem(`is set, but ${address} is not`);
      else if (URL.canParse(url) && !url.startsWith(`${secureScheme}:`))
        problem(
          `is set, but ${address} begins with ${new URL(url).protocol}, which has no TLS; write ${secureScheme}:`,
        );
    }
  };
}
