import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import { describeApi } from './describe-api.js';

/** `/api/openapi.json` and Swagger UI at `/api/docs`, both made at their first request and without anything from elsewhere. */
export function serveDescription(app: NestExpressApplication): void {
  SwaggerModule.setup('api/docs', app, () => describeApi(app), {
    jsonDocumentUrl: 'api/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Ledgerdesk API',
    swaggerOptions: { persistAuthorization: false, displayOperationId: true, validatorUrl: null },
  });
}
