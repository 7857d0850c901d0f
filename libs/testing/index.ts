export { type Caller, caller } from './caller.js';
export { createTestDatabase, TEST_INSTALLATION_KEY, type TestDatabase } from './database.js';
export { eventually } from './eventually.js';
export { type Circumstances, given } from './given.js';
export { describeGoldenEvents, type EventsOfCategory } from './golden.js';
export { present } from './present.js';
export { StandIn } from './stand-in.js';
export { loseAnswers } from './lost-answers.js';
export { startTestDesk, type TestDesk } from './test-desk.js';
