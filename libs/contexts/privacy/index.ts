export { EraseCustomer, EraseCustomerHandler } from './commands/erase-customer.js';
export { EraseMember, EraseMemberHandler } from './commands/erase-member.js';
export { EraseTextsAbout, EraseTextsAboutHandler } from './commands/erase-texts-about.js';
export { ForgetAnswers, ForgetAnswersHandler } from './commands/forget-answers.js';
export { erasePerson } from './reactions/erase-person.js';
export { eraseTextsAboutErased } from './reactions/erase-texts-about-erased.js';
export { forgetAnswersAboutErased } from './reactions/forget-answers-about-erased.js';
export { textsAbout } from './read-models/texts-about.projection.js';
export { PrivacyModule } from './privacy.module.js';
