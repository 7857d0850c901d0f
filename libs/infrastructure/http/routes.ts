import { type INestApplication, VersioningType } from '@nestjs/common';

/** Every controller is at `/api/v1/<path>`, or at `/api/<path>` when it is `VERSION_NEUTRAL`. */
export function nameRoutes(app: INestApplication): void {
  app.setGlobalPrefix('api');
  app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });
}
