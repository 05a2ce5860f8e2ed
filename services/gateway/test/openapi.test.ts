import { describe, expect, test } from '@jest/globals';
import { ROUTES } from '@parley/proto/rest';
import { startGateway } from './gateway-harness.ts';

type Operation = {
  operationId: string;
  requestBody?: { required: boolean };
  responses: object;
  parameters: object[];
};

describe('the OpenAPI description', () => {
  test('has every route of the contract and nothing else', async () => {
    const gateway = await startGateway({ signaling: ['127.0.0.1:1'] });
    const response = await gateway.get('/api/openapi.json');
    const document = (await response.json()) as {
      openapi: string;
      paths: Record<string, Record<string, Operation>>;
    };
    await gateway.close();
    expect(document.openapi).toBe('3.1.0');
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [
        operation.operationId,
        method.toUpperCase(),
        path,
      ]),
    );
    expect(described).toEqual(
      Object.entries(ROUTES).map(([name, route]) => [name, route.method, route.path]),
    );
    const join = document.paths['/api/rooms/{code}/join']?.['post'];
    expect(join?.requestBody).toMatchObject({
      required: true,
      content: { 'application/json': { schema: { required: ['displayName'], additionalProperties: false } } },
    });
    expect(join?.parameters[0]).toMatchObject({
      name: 'code',
      in: 'path',
      required: true,
      schema: { type: 'string' },
    });
    expect(Object.keys(join?.responses ?? {})).toEqual(['200', 'default']);
    expect(document.paths['/api/rooms']?.['post']?.requestBody?.required).toBe(false);
  });
});
