export { jobMigrations } from './effect.migration.js';
export { EffectPerformer, type EffectPerformerOptions } from './effect-performer.js';
export { EffectQueue, effectQueueDepth } from './effect-queue.js';
export { EffectSweeper, type EffectSweeperOptions } from './effect-sweeper.js';
export { JobsModule, type JobsModuleOptions } from './jobs.module.js';
export type { Effect, EffectChange, EffectTools, Reaction } from './reaction.js';
export { ReactionConsumer } from './reaction-consumer.js';
export { type RestingWorkspaces } from './resting-workspaces.js';
export { cancelTimers, planTimer, type Timer } from './timers.js';
