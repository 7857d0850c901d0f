import { type DynamicModule, Module } from '@nestjs/common';
import { HealthModule } from '../health/health.module.js';
import { CommandDurations } from './command-durations.js';
import { Metrics } from './metrics.js';
import { MetricsController } from './metrics.controller.js';

@Module({})
export class MetricsModule {
  static with(durations: CommandDurations): DynamicModule {
    return {
      module: MetricsModule,
      imports: [HealthModule],
      controllers: [MetricsController],
      providers: [Metrics, { provide: CommandDurations, useValue: durations }],
    };
  }
}
