import { startTemporaryServices } from '../../tools/services/temporary-services.mjs';

/** A real Postgres and a real Redis for the integration tests of one run, in a folder of their own that goes away with them. */
export default async function startServices() {
  const services = await startTemporaryServices({ name: 'test', postgresFlags: ['-c', 'max_connections=300'] });
  process.env.TEST_POSTGRES_URL = services.postgresUrl;
  process.env.TEST_REDIS_URL = services.redisUrl;
  globalThis.stopTestServices = services.stop;
}
