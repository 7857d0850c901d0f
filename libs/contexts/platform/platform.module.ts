import { Module } from '@nestjs/common';
import { ChangeReadModelHandler } from './commands/change-read-model.js';
import { ReadModelsController } from './http/read-models.controller.js';
import { ListReadModelsHandler } from './queries/list-read-models.js';
import { ReadModelStates } from './queries/read-model-states.js';

/** What those who keep the installation see and do in the desk. */
@Module({
  controllers: [ReadModelsController],
  providers: [ReadModelStates, ListReadModelsHandler, ChangeReadModelHandler],
})
export class PlatformModule {}
