import { setTimeout as delay } from 'node:timers/promises';
import { InjectQueue, OnQueueError, Process, Processor } from '@nestjs/bull';
import { Inject, Injectable } from '@nestjs/common';
import type { Job, Queue } from 'bull';
import type { Redis } from 'ioredis';
import { Log } from '@ledgerdesk/logging';
import { EffectPerformer } from './effect-performer.js';
import { parsePointer, pointerText } from './effect-pointer.js';
import type { EffectPointer } from './effect-table.js';

/** Name and Redis prefix of the one queue. */
export const EFFECT_QUEUE = 'effects';
export const QUEUE_PREFIX = 'ledgerdesk';

/** Longest time in milliseconds that Redis may take to accept pointers. */
const ENQUEUE_TIMEOUT = 5_000;

const AT_ONCE = 4;

/** Jobs that wait for or are with a worker. */
export async function effectQueueDepth(redis: Redis): Promise<number> {
  const lists = ['wait', 'active'].map((list) => redis.llen(`${QUEUE_PREFIX}:${EFFECT_QUEUE}:${list}`));
  return (await Promise.all(lists)).reduce((sum, length) => sum + length, 0);
}

/** Hands pointers to whichever worker is free. A pointer that is already waiting is not added again. */
@Injectable()
export class EffectQueue {
  constructor(@InjectQueue(EFFECT_QUEUE) private readonly queue: Queue<string>) {}

  /** @throws Error when Redis does not answer; the effects stay due and are enqueued again later */
  async enqueue(pointers: readonly EffectPointer[]): Promise<void> {
    const jobs = pointers.map(pointerText).map((text) => ({ data: text, opts: { jobId: text } }));
    const added = this.queue.addBulk(jobs);
    const timeout = new AbortController();
    const late = delay(ENQUEUE_TIMEOUT, undefined, { signal: timeout.signal }).then(() => {
      throw new Error('Redis does not take jobs.');
    });
    late.catch(() => undefined);
    try {
      await Promise.race([added, late]);
    } finally {
      timeout.abort();
    }
  }

  /** Takes no more jobs and waits for those in hand. */
  async stop(): Promise<void> {
    await this.queue.pause(true);
  }
}

/** Takes pointers from the queue. */
@Processor(EFFECT_QUEUE)
export class EffectProcessor {
  constructor(
    @Inject(EffectPerformer) private readonly performer: EffectPerformer,
    @Inject(Log) private readonly log: Log,
  ) {}

  @Process({ concurrency: AT_ONCE })
  async process(job: Job<unknown>): Promise<void> {
    const pointer = parsePointer(job.data);
    if (pointer) await this.performer.perform(pointer);
    else this.log.warn({ job: job.id }, 'a job in the queue points to nothing');
  }

  @OnQueueError()
  failed(err: Error): void {
    this.log.warn({ err }, 'the queue is not available');
  }
}
