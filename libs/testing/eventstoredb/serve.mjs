// A loopback EventStoreDB as a process of its own, for journeys: prints one line of JSON with its address and that of its controls, and
// ends with its input. `POST <controls>/cut`, `/refuse`, `/hang`, `/recover`, `/lose-request` and `/lose-answer` disturb it.
import { createServer } from 'node:http';
import { registerHooks } from 'node:module';

// Node runs TypeScript, but an import of `x.js` means the `x.ts` beside it only to the compiler.
registerHooks({
  resolve(specifier, context, next) {
    const isOurs = specifier.startsWith('.') && context.parentURL?.endsWith('.ts');
    return next(isOurs ? specifier.replace(/\.js$/, '.ts') : specifier, context);
  },
});
const { LoopbackEventStoreDb } = await import('./loopback-event-store-db.ts');

const loopback = await LoopbackEventStoreDb.start();
const controls = {
  '/cut': () => loopback.cut(),
  '/refuse': () => loopback.refuse(),
  '/hang': () => loopback.hang(),
  '/recover': () => loopback.recover(),
  '/lose-request': () => loopback.lose('request'),
  '/lose-answer': () => loopback.lose('answer'),
};
const server = createServer((request, response) => {
  const control = controls[request.url];
  control?.();
  response.writeHead(control ? 204 : 404).end();
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  process.stdout.write(`${JSON.stringify({ url: loopback.url, controls: `http://127.0.0.1:${port}` })}\n`);
});
process.stdin.resume().on('end', () => process.exit());
