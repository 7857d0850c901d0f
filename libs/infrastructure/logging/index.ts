export { sayLastWords } from './last-words.js';
export { Log, type LogFacts, type LogOptions } from './log.js';
export { LoggingModule } from './logging.module.js';
export { NestLog } from './nest-log.js';
