const clients = [
  ...['undici', 'axios', 'got', 'ky', 'needle', 'node-fetch', 'request', 'superagent', 'ws'],
  ...['socket.io-client', 'engine.io-client', 'eventsource', 'http2', 'https', 'tls', 'dgram', 'dns', 'dns/promises'],
  'child_process',
];
/** Of these only what looks at text or listens; everything else can call. */
const harmless = {
  http: ['createServer', 'Server', 'STATUS_CODES', 'METHODS', 'IncomingMessage', 'ServerResponse'],
  net: ['isIP', 'isIPv4', 'isIPv6', 'BlockList', 'SocketAddress', 'createServer', 'Server'],
};
const globals = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'];

/** Calls to machines that a tenant can name go through `Outbound`; a second way out would have none of its checks. */
export const oneWayOut = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { out: '"{{name}}" can call other machines: use Outbound of infrastructure/outbound.' },
  },
  create(context) {
    const report = (node, name) => context.report({ node, messageId: 'out', data: { name } });
    const moduleOf = (source) => (typeof source?.value === 'string' ? source.value.replace(/^node:/, '') : '');
    /** Somebody who takes a whole module takes its clients too. */
    const whole = (node, source) => {
      const name = moduleOf(source);
      if (clients.includes(name) || name in harmless) report(node, name);
    };
    const named = (node) => {
      const name = moduleOf(node.source);
      if (name === '' || [node.importKind, node.exportKind].includes('type')) return;
      const values = (node.specifiers ?? []).filter((each) => each.importKind !== 'type' && each.exportKind !== 'type');
      if (clients.includes(name) && (values.length > 0 || node.specifiers?.length === 0)) return report(node, name);
      for (const each of name in harmless ? values : []) {
        const taken = each.imported?.name ?? (each.type === 'ExportSpecifier' ? each.local.name : '*');
        if (!harmless[name].includes(taken)) report(each, `${name}.${taken}`);
      }
    };
    return {
      ImportDeclaration: named,
      ExportNamedDeclaration: named,
      ExportAllDeclaration: (node) => whole(node, node.source),
      ImportExpression: (node) => whole(node, node.source),
      CallExpression: ({ callee, arguments: [first] }) =>
        (callee.name === 'require' || callee.property?.name === 'getBuiltinModule') && whole(callee, first),
      MemberExpression: ({ object, property }) =>
        ['globalThis', 'global', 'window', 'self'].includes(object.name) &&
        globals.includes(property.name ?? property.value) &&
        report(property, property.name ?? property.value),
      'Program:exit': (node) => {
        for (const { identifier } of context.sourceCode.getScope(node).through)
          if (globals.includes(identifier.name)) report(identifier, identifier.name);
      },
    };
  },
};
