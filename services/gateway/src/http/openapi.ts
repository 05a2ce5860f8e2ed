import { z } from 'zod';
import {
  ACCESS_RULES,
  restErrorSchema,
  ROUTES,
  TRACE_HEADER,
  UPLOAD_PASS_HEADER,
  type RouteAccess,
} from '@parley/proto/rest';

type Json = Record<string, unknown>;
type RouteContract = {
  method: string;
  path: string;
  description: string;
  access: RouteAccess;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  file?: 'upload' | 'download';
  contentTypes?: readonly string[];
  status: number;
  response: z.ZodType;
};

const BYTES = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } };
const UPLOAD_PASS: Json = {
  name: UPLOAD_PASS_HEADER,
  in: 'header',
  required: true,
  description: 'The pass that the request `chat:offer-file` gave.',
  schema: { type: 'string' },
};

/** The OpenAPI 3.1 description of every route, derived from the contract. */
export function buildOpenApi(): Json {
  const paths: Record<string, Json> = {};
  for (const [name, route] of Object.entries<RouteContract>(ROUTES)) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: describeRoute(name, route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Parley',
      version: '1',
      description: 'Rooms and the way into them.',
      license: { name: 'MIT' },
    },
    paths,
    components: {
      schemas: { Error: toSchema(restErrorSchema, 'output') },
      responses: {
        Error: {
          description: 'It failed; `code` is stable.',
          content: json({ $ref: '#/components/schemas/Error' }),
        },
      },
      securitySchemes: {
        AccessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        RefreshToken: { type: 'apiKey', in: 'cookie', name: 'parley_refresh' },
      },
      parameters: {
        TraceId: {
          name: TRACE_HEADER,
          in: 'header',
          description:
            'Follows the request through every log line; made where absent, returned in the same header.',
          schema: { type: 'string', pattern: '^[0-9a-f]{32}$' },
        },
      },
    },
  };
}

function describeRoute(name: string, route: RouteContract): Json {
  return {
    operationId: name,
    description: `${route.description} Needs: ${ACCESS_RULES[route.access]}`,
    ...security(route.access),
    parameters: [
      ...pathParameters(route),
      ...queryParameters(route),
      ...(route.file === 'upload' ? [UPLOAD_PASS] : []),
      { $ref: '#/components/parameters/TraceId' },
    ],
    ...(route.body === undefined ? {} : { requestBody: describeBody(route.body) }),
    ...(route.file === 'upload' && { requestBody: { required: true, content: BYTES } }),
    responses: {
      [route.status]: describeAnswer(route),
      default: { $ref: '#/components/responses/Error' },
    },
  };
}

function describeAnswer({ status, response, contentTypes, file }: RouteContract): Json {
  const description = 'It worked.';
  if (file === 'download') return { description, content: { '*/*': BYTES['application/octet-stream'] } };
  if (status === 204 || status === 302) return { description };
  const schema = toSchema(response, 'output');
  const types = contentTypes ?? ['application/json'];
  return { description, content: Object.fromEntries(types.map((type) => [type, { schema }])) };
}

/** A body may be left out where `{}` would do. */
function describeBody(body: z.ZodType): Json {
  return { required: !body.safeParse({}).success, content: json(toSchema(body, 'input')) };
}

function pathParameters(route: RouteContract): Json[] {
  if (route.params === undefined) return [];
  const { properties = {} } = toSchema(route.params, 'input') as { properties?: Json };
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'path', required: true, schema }));
}

function queryParameters(route: RouteContract): Json[] {
  if (route.query === undefined) return [];
  const { properties = {}, required = [] } = toSchema(route.query, 'input') as {
    properties?: Json;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

/** Guests show themselves by a cookie that the gateway gives them, so an empty entry stands beside the access token. */
function security(access: RouteAccess): Json {
  if (access === 'anybody') return {};
  if (access === 'session') return { security: [{ RefreshToken: [] }] };
  const isForAccounts = access === 'account' || access === 'operator';
  return { security: [{ AccessToken: [] }, ...(isForAccounts ? [] : [{}])] };
}

function json(schema: Json): Json {
  return { 'application/json': { schema } };
}

function toSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}
