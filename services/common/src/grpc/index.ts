export { GrpcServer, type GrpcContext, type GrpcHandlers, type GrpcServerOptions } from './grpc-server.ts';
export { GrpcServerStream } from './grpc-server-stream.ts';
export { GrpcServerDuplex } from './grpc-server-duplex.ts';
export { GrpcClient, type GrpcCallOptions, type GrpcClientOptions } from './grpc-client.ts';
export { isUnimplemented } from './grpc-errors.ts';
export { GrpcClientStream } from './grpc-client-stream.ts';
export { GrpcClientDuplex } from './grpc-client-duplex.ts';
export type { GrpcService, RequestInput, ResponseOutput, UnaryName } from './grpc-types.ts';
export {
  certificatesShape,
  checkTrust,
  trustOf,
  type GrpcCertificates,
  type GrpcTrust,
} from './grpc-trust.ts';
