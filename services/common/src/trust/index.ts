export {
  checkServerTrust,
  serverTrustField,
  tlsOptionsOf,
  trustProblem,
  type ServerTrust,
} from './server-trust.ts';
