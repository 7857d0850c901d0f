import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Configuration } from '@ledgerdesk/config';
import { Log } from '@ledgerdesk/logging';
import { accessLog } from './access-log.js';
import { jsonBody, type JsonBodyOptions } from './json-body.js';
import { LIMITS, type Limits } from './limits/limits.js';
import { limitNetworks } from './limits/limit-networks.js';
import { identify } from './request-identity.js';
import { nameRoutes } from './routes.js';
import { requestRules } from './request-rules.js';
import { securityHeaders } from './security-headers.js';
import { schemaPipe } from './validation.js';

export interface HttpOptions {
  readonly body?: JsonBodyOptions;
}

/**
 * The way of every request before its controller, in this order. The application must have been created with
 * `new DeskHttpAdapter()` and `bodyParser: false`.
 */
export function setUpHttp(
  app: NestExpressApplication,
  configuration: Pick<Configuration, 'http'>,
  options: HttpOptions = {},
): void {
  nameRoutes(app);
  app.set('query parser', 'simple');
  app.set('etag', false);
  app.set('trust proxy', [...configuration.http.trustedProxies]);
  app.disable('x-powered-by');
  app.use(identify);
  app.use(accessLog(app.get(Log)));
  app.use(securityHeaders(configuration));
  app.use(requestRules(configuration));
  app.enableCors({
    origin: [...configuration.http.corsOrigins],
    allowedHeaders: [
      'Authorization',
      'Content-Type',
      'Idempotency-Key',
      'If-Match',
      'If-None-Match',
      'Ledger-Position',
      'X-Request-Id',
      'traceparent',
    ],
    exposedHeaders: [
      'ETag',
      'Location',
      'Link',
      'Ledger-Position',
      'Ledger-Stale',
      'Idempotent-Replayed',
      'RateLimit',
      'RateLimit-Policy',
      'Retry-After',
      'X-Request-Id',
    ],
    maxAge: 600,
  });
  const limits = app.get<Limits | undefined>(LIMITS);
  if (limits) app.use('/api/v1', limitNetworks(limits, app.get(Log)));
  app.use(jsonBody(options.body));
  app.useGlobalPipes(schemaPipe());
  const server = app.getHttpServer();
  server.headersTimeout = 10_000;
  server.requestTimeout = 20_000;
  server.keepAliveTimeout = 65_000;
}
