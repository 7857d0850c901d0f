/** The name of an aggregate's stream: `ticket-<workspace as 32 hex digits>_<uuid>`. */
export function streamName(category: string, workspaceId: string, id: string): string {
  return `${category}-${workspaceId.replaceAll('-', '')}_${id}`;
}

export interface StreamParts {
  readonly category: string;
  readonly workspaceId: string;
  readonly id: string;
}

const PATTERN = /^([a-z][a-z-]*)-([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_(.+)$/;

/** The parts of a stream's name; throws on a name that this project did not make. */
export function parseStreamName(stream: string): StreamParts {
  const match = PATTERN.exec(stream);
  if (!match) throw new Error(`Not a stream name: ${stream}`);
  const [, category = '', a = '', b = '', c = '', d = '', e = '', id = ''] = match;
  return { category, workspaceId: [a, b, c, d, e].join('-'), id };
}
