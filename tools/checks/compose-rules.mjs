const string = { type: 'string' };
const strings = { type: 'array', items: string };
const duration = { type: 'string', pattern: String.raw`^(\d+(h|m|s|ms))+$` };
const environment = { type: 'object', additionalProperties: { type: 'string' } };

/** The part of the Compose specification that we use; a key outside it is most likely a slip of the pen. */
const service = {
  type: 'object',
  required: ['image'],
  additionalProperties: false,
  properties: {
    image: string,
    build: string,
    command: strings,
    user: string,
    environment,
    profiles: strings,
    ports: { type: 'array', items: { type: 'string', pattern: String.raw`^([\d.]+:)?\d+:\d+$` } },
    volumes: { type: 'array', items: { type: 'string', pattern: '^[^:]+:/[^:]*(:ro)?$' } },
    tmpfs: strings,
    secrets: strings,
    restart: { enum: ['no', 'always', 'on-failure', 'unless-stopped'] },
    read_only: { type: 'boolean' },
    cap_drop: strings,
    security_opt: strings,
    shm_size: { type: 'string', pattern: String.raw`^\d+(b|k|kb|m|mb|g|gb)$` },
    stop_grace_period: duration,
    depends_on: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        required: ['condition'],
        additionalProperties: false,
        properties: { condition: { enum: ['service_started', 'service_healthy', 'service_completed_successfully'] } },
      },
    },
    healthcheck: {
      type: 'object',
      required: ['test'],
      additionalProperties: false,
      properties: {
        test: strings,
        interval: duration,
        timeout: duration,
        start_period: duration,
        retries: { type: 'integer', minimum: 1 },
      },
    },
  },
};

/** JSON schema of docker-compose.yml. */
export const composeSchema = {
  type: 'object',
  required: ['services'],
  additionalProperties: false,
  patternProperties: { '^x-': {} },
  properties: {
    name: { type: 'string', pattern: '^[a-z0-9][a-z0-9_-]*$' },
    services: { type: 'object', patternProperties: { '^[a-zA-Z0-9._-]+$': service }, additionalProperties: false },
    secrets: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        required: ['file'],
        additionalProperties: false,
        properties: { file: string },
      },
    },
    volumes: { type: 'object', additionalProperties: { type: 'object', maxProperties: 0 } },
  },
};

/**
 * N9: nothing runs as root, on a writable root, or open to the network by accident.
 * @param {{ services: Record<string, object>, volumes?: object, secrets?: object }} compose the parsed file
 * @returns {string[]} one sentence for each thing that is wrong
 */
export function composeProblems({ services, volumes = {}, secrets = {} }) {
  return Object.entries(services).flatMap(([name, part]) => {
    const named = (part.volumes ?? []).map((volume) => volume.split(':')[0]).filter((source) => !/^[./~]/.test(source));
    const rules = [
      [/^[1-9]\d*:[1-9]\d*$/.test(part.user ?? ''), 'must name a user and a group other than root, by number'],
      [part.read_only === true, 'must have a read-only root'],
      [part.cap_drop?.includes('ALL'), 'must drop all capabilities'],
      [part.security_opt?.includes('no-new-privileges:true'), 'must refuse new privileges'],
      [/:[^\d:]*\d[^:]*$/.test(part.image) || part.build !== undefined, 'must pin the version of its image'],
      [
        (part.ports ?? []).every((port) => port.startsWith('127.0.0.1:')),
        'must publish ports on the loopback address only',
      ],
      [named.every((volume) => volume in volumes), 'uses a volume that is not declared'],
      [(part.secrets ?? []).every((secret) => secret in secrets), 'uses a secret that is not declared'],
      [
        Object.keys(part.depends_on ?? {}).every((other) => other in services),
        'depends on a service that does not exist',
      ],
      [Object.entries(part.environment ?? {}).every(isNoPlainSecret), 'holds a secret in plain text'],
    ];
    return rules.filter(([holds]) => !holds).map(([, sentence]) => `${name} ${sentence}.`);
  });
}

function isNoPlainSecret([name, value]) {
  return !/PASSWORD|SECRET|TOKEN|AUTH$|_KEY$/.test(name) || value.startsWith('${');
}
