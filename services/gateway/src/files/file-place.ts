import { envSchema } from '@parley/common/config';
import type { z } from 'zod';
import type { FileStore } from './file-store.ts';
import { FolderFileStore } from './folder-file-store.ts';

/** The variables that say where files are kept. */
export const filePlaceShape = {
  FILES_DIR: envSchema
    .text()
    .optional()
    .describe('the folder for files of the chat; all gateways need the same one'),
  FILES_DISK_FREE_MB: envSchema
    .integer({ min: 0, max: 10_000_000, default: 500 })
    .describe('files are refused when so little would be free on the disk of FILES_DIR, in MB'),
  FILES_S3_BUCKET: envSchema
    .text()
    .optional()
    .describe('in place of FILES_DIR: a bucket of Amazon S3, or of a storage that speaks its protocol'),
  FILES_S3_ENDPOINT: envSchema
    .url(['http', 'https'])
    .optional()
    .describe('where that storage is, if it is not Amazon’s'),
  FILES_S3_REGION: envSchema.text('us-east-1').describe('the region of the bucket'),
  FILES_S3_ACCESS_KEY_ID: envSchema.text().optional().describe('the key that may read and write the bucket'),
  FILES_S3_SECRET_ACCESS_KEY: envSchema.secret(8).optional().describe('the secret of that key'),
};

type FilePlace = z.output<z.ZodObject<typeof filePlaceShape>>;

/** Refuses two places, and a bucket without its key. */
export function checkFilePlace(config: FilePlace, context: z.RefinementCtx): void {
  const refuse = (name: keyof FilePlace, message: string): void =>
    context.addIssue({ code: 'custom', path: [name], message });
  if (config.FILES_S3_BUCKET === undefined) return;
  if (config.FILES_DIR !== undefined) refuse('FILES_DIR', 'is not needed with FILES_S3_BUCKET');
  if (config.FILES_S3_ACCESS_KEY_ID === undefined)
    refuse('FILES_S3_ACCESS_KEY_ID', 'is needed with FILES_S3_BUCKET');
  if (config.FILES_S3_SECRET_ACCESS_KEY === undefined)
    refuse('FILES_S3_SECRET_ACCESS_KEY', 'is needed with FILES_S3_BUCKET');
}

/** Undefined if the configuration names no place: nobody can send files then. */
export async function openFileStore(config: FilePlace): Promise<FileStore | undefined> {
  if (config.FILES_DIR !== undefined)
    return FolderFileStore.create(config.FILES_DIR, { keptFreeMb: config.FILES_DISK_FREE_MB });
  const { FILES_S3_BUCKET: bucket, FILES_S3_ENDPOINT: endpoint, FILES_S3_REGION: region } = config;
  const { FILES_S3_ACCESS_KEY_ID: accessKeyId, FILES_S3_SECRET_ACCESS_KEY: secretAccessKey } = config;
  if (bucket === undefined || accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  // The client of S3 takes 8 MB, and most installations have a folder.
  const { S3FileStore } = await import('./s3-file-store.ts');
  return new S3FileStore({ bucket, endpoint, region, accessKeyId, secretAccessKey });
}
