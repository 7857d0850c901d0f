/** Heap limits in MB: the whole desk is meant to fit beside other things on a small machine. */
export const heap = {
  api: ['--max-old-space-size=256', '--max-semi-space-size=16'],
  worker: ['--max-old-space-size=256', '--max-semi-space-size=8'],
};

/** What is started of the build, relative to the checkout. */
export const program = {
  api: 'dist/apps/api/apps/api/src/main.js',
  worker: 'dist/apps/worker/apps/worker/src/main.js',
};
