export { createTestDatabase, TEST_INSTALLATION_KEY, type TestDatabase } from './database.js';
export { type Circumstances, given } from './given.js';
