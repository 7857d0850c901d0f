export { Accounts, emailText } from './accounts.js';
export { giveOwnerSeat } from './give-owner-seat.js';
export { createWorkspace } from './create-workspace.js';
export { DEMO_PASSWORD, DEMO_WORKSPACES, demoIds } from './demo/demo-people.js';
export { EMAIL, fitPassword } from './first-credentials.js';
export { DemoLogins } from './demo/demo-logins.js';
export { seedDemo } from './demo/seed-demo.js';
export { GLOBAL_IDENTITY_TABLES, identityMigrations } from './identity.migration.js';
export { InvitationsModule } from './invitations/invitations.module.js';
export { sendInvitation, SendInvitationHandler } from './invitations/send-invitation.js';
export { invitations } from './invitations/read-models/invitations.projection.js';
export { IdentityModule } from './identity.module.js';
export { AuthCookies } from './http/cookies.js';
export { HashingQueue } from './passwords/hashing-queue.js';
export { PasswordResetModule } from './password-reset/password-reset.module.js';
export {
  SendPasswordReset,
  sendPasswordReset,
  SendPasswordResetHandler,
} from './password-reset/send-password-reset.js';
export { endSessionsOfDeactivatedMember, EndSessionsOfMemberHandler } from './sessions/end-sessions-of-member.js';
export { Passwords } from './passwords/passwords.js';
export { IDENTITY_PERMISSIONS } from './permissions.js';
export { problems as signInProblems } from './problems.js';
export { SignInProviderModule } from './sign-in-provider/sign-in-provider.module.js';
export { RefreshTokens } from './sessions/refresh-token.js';
export { Rotation } from './sessions/rotation.js';
export { sessionOrigin, type SessionOrigin } from './sessions/session-origin.js';
export { KnownDevices } from './sign-in/known-device.js';
export { PasswordCheck } from './sign-in/password-check.js';
export { SignInLimits } from './sign-in/sign-in-limits.js';
