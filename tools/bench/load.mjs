import autocannon from 'autocannon';
import { percentiles } from './percentiles.mjs';

/**
 * Sends requests from this process over kept-alive connections.
 * @param {{ base: string, authorization: string, connections: number, seconds?: number, amount?: number,
 *   request: () => { method?: string, path: string, headers?: Record<string, string>, body?: string } }} options
 *   `request` makes the next request; either `seconds` or `amount` ends the run
 * @returns {Promise<{ perSecond: number, p50: number, p95: number, p99: number, sent: number }>} latencies in milliseconds
 * @throws when an answer was not 2xx
 */
export async function load({ base, authorization, connections, seconds, amount, request }) {
  const latencies = [];
  const started = performance.now();
  const instance = autocannon({
    url: base,
    connections,
    ...(amount === undefined ? { duration: seconds } : { amount }),
    requests: [
      {
        setupRequest(prepared) {
          const { method = 'GET', path, headers = {}, body } = request();
          return {
            ...prepared,
            method,
            path,
            body,
            headers: { authorization, ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
          };
        },
      },
    ],
  });
  let firstRefusal;
  instance.on('response', (client, status, _bytes, milliseconds) => {
    latencies.push(milliseconds);
    if (status >= 300) firstRefusal ??= status;
  });
  const result = await instance;
  if (firstRefusal !== undefined || result.errors > 0 || result.timeouts > 0) {
    throw new Error(
      `${result.non2xx} of ${result.requests.total} requests were refused (first ${firstRefusal}), ${result.errors} failed`,
    );
  }
  return {
    perSecond: latencies.length / ((performance.now() - started) / 1_000),
    ...percentiles(latencies),
    sent: latencies.length,
  };
}
