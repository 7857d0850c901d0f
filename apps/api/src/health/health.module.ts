import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { Parts } from './parts.js';

@Module({ controllers: [HealthController], providers: [Parts], exports: [Parts] })
export class HealthModule {}
