import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { Insiders } from './insiders.js';
import { Parts } from './parts.js';

@Module({ controllers: [HealthController], providers: [Insiders, Parts], exports: [Insiders, Parts] })
export class HealthModule {}
