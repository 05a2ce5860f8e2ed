import path from 'node:path';
import { loadPackageDefinition } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

const PROTO_ROOT = path.resolve(import.meta.dirname, '../..');

/** The loader options that the generated types were made for; see scripts/generate-proto.mjs. */
const LOADER_OPTIONS = {
  includeDirs: [PROTO_ROOT],
  longs: Number,
  enums: String,
  defaults: true,
  arrays: true,
  oneofs: true,
};

/** `T` is the generated type of the file. */
export function loadPackage<T>(file: string): T {
  return loadPackageDefinition(loadSync(path.join(PROTO_ROOT, file), LOADER_OPTIONS)) as unknown as T;
}
