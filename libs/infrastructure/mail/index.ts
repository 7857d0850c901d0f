export { MailCatcher, type CaughtMail } from './catcher/mail-catcher.js';
export { MailCatcherModule } from './catcher/mail-catcher.module.js';
export { serveCaughtMail } from './catcher/serve-caught-mail.js';
export { invitationLetter } from './letters/invitation.js';
export { type Letter, type MailLanguage, mailLanguage } from './letters/letter.js';
export { passwordResetLetter } from './letters/password-reset.js';
export { MailModule } from './mail.module.js';
export { isOneAddress, MailDelayed, Mailer, type Outgoing } from './mailer.js';
