import { Module } from '@nestjs/common';
import { HealthModule } from '../health/health.module.js';
import { Metrics } from './metrics.js';
import { MetricsController } from './metrics.controller.js';

@Module({ imports: [HealthModule], controllers: [MetricsController], providers: [Metrics] })
export class MetricsModule {}
