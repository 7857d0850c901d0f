import type { Provider } from '@nestjs/common';
import { TicketViews } from '../queries/ticket-views.js';
import { FinishMergeHandler, FinishSplitHandler, FinishUnmergeHandler } from './finish-handlers.js';
import { Merges } from './merges.js';
import { Splits } from './splits.js';
import { TicketStreams } from './ticket-streams.js';
import { Unmerges } from './unmerges.js';

/** What a process needs that ends merges, unmerges and splits which others began. */
export const mergingProcesses: readonly Provider[] = [
  TicketViews,
  TicketStreams,
  Merges,
  Unmerges,
  Splits,
  FinishMergeHandler,
  FinishUnmergeHandler,
  FinishSplitHandler,
];
