export { Accounts } from './accounts.js';
export { giveOwnerSeat } from './give-owner-seat.js';
export { createWorkspace } from './create-workspace.js';
export { DEMO_PASSWORD, DEMO_WORKSPACES, demoIds } from './demo/demo-people.js';
export { fitPassword } from './first-credentials.js';
export { DemoLogins } from './demo/demo-logins.js';
export { seedDemo } from './demo/seed-demo.js';
export { GLOBAL_IDENTITY_TABLES, identityMigrations } from './identity.migration.js';
export { IdentityModule } from './identity.module.js';
export { HashingQueue } from './passwords/hashing-queue.js';
export { PasswordResetModule } from './password-reset/password-reset.module.js';
export {
  SendPasswordReset,
  sendPasswordReset,
  SendPasswordResetHandler,
} from './password-reset/send-password-reset.js';
export { Passwords } from './passwords/passwords.js';
export { IDENTITY_PERMISSIONS } from './permissions.js';
