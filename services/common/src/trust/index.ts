export { tlsOptionsOf, trustProblem, type ServerTrust } from './server-trust.ts';
export { checkServerTrust, serverTrustField } from './server-trust-field.ts';
