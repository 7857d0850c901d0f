const verbs = String.raw`(?:insert\s+into|update|delete\s+from|merge\s+into|copy|truncate(?:\s+table)?|alter\s+table|drop\s+table(?:\s+if\s+exists)?)`;

/** A read model can be thrown away and folded again only as long as nobody but its projection writes it. */
export const onlyProjectionsWrite = {
  meta: {
    type: 'problem',
    schema: [
      {
        type: 'object',
        properties: { tables: { type: 'array', items: { type: 'string' } } },
        additionalProperties: false,
      },
    ],
    messages: { written: 'Only its projection may write the read model "{{table}}".' },
  },
  create(context) {
    const tables = context.options[0]?.tables ?? [];
    if (tables.length === 0) return {};
    const write = new RegExp(
      String.raw`\b${verbs}\s+(?:only\s+)?(?:public\.)?"?(${tables.join('|')})(?:_v\d+)?\b`,
      'i',
    );
    const check = (node, text) => {
      const table = write.exec(text)?.[1];
      if (table) context.report({ node, messageId: 'written', data: { table } });
    };
    return {
      Literal: (node) => typeof node.value === 'string' && check(node, node.value),
      TemplateLiteral: (node) => check(node, node.quasis.map((part) => part.value.raw).join(' ')),
    };
  },
};
