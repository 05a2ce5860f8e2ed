/** Tests need the real worker, and fail without it. */
export function workerBinForTest(): string {
  const bin = process.env['MEDIASOUP_WORKER_BIN'];
  if (bin === undefined || bin === '')
    throw new Error('set MEDIASOUP_WORKER_BIN to the mediasoup worker program');
  return bin;
}
