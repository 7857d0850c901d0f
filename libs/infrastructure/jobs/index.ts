export type { Effect, EffectChange, EffectTools, Reaction } from './reaction.js';
