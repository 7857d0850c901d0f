import { Agent, request as send } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { percentiles } from './percentiles.mjs';

/**
 * Sends `rate` requests per second, evenly spaced and whatever the answers take, over kept-alive connections. A rate limit of a load
 * generator that sends each second's share at once would measure a burst instead of a calm desk.
 * @param {{ base: string, authorization: string, rate: number, seconds: number,
 *   request: () => { method?: string, path: string, headers?: Record<string, string>, body?: string } }} options
 * @returns {Promise<{ p50: number, p95: number, p99: number, sent: number }>} latencies in milliseconds
 * @throws when an answer was not 2xx
 */
export async function paced({ base, authorization, rate, seconds, request }) {
  const agent = new Agent({ keepAlive: true });
  const began = performance.now();
  const running = [];
  try {
    for (let number = 0; number < rate * seconds; number += 1) {
      await pause(Math.max(0, began + (number * 1_000) / rate - performance.now()));
      running.push(latency(base, agent, authorization, request()));
    }
    const latencies = await Promise.all(running);
    return { ...percentiles(latencies), sent: latencies.length };
  } finally {
    agent.destroy();
  }
}

function latency(base, agent, authorization, { method = 'GET', path, headers = {}, body }) {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const outgoing = send(
      new URL(path, base),
      { agent, method, headers: { authorization, ...(body && { 'content-type': 'application/json' }), ...headers } },
      (answer) => {
        answer.resume().once('end', () => {
          if (answer.statusCode < 300) resolve(performance.now() - began);
          else reject(new Error(`${method} ${path} was answered with ${answer.statusCode}.`));
        });
      },
    );
    outgoing.once('error', reject).end(body);
  });
}
