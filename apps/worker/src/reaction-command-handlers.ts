import type { Provider } from '@nestjs/common';

/** Handlers of the commands that reactions issue; the worker executes no others. */
export const reactionCommandHandlers: readonly Provider[] = [];
