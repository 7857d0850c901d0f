const banned = /^I[A-Z][a-z]|Impl$|^Base[A-Z]|^Abstract[A-Z]|Manager$|Helper$|^Misc/;
const bannedFile =
  /(?:^|\/)(?:utils?|common|shared|core|helpers?|misc)(?:\/|\.[cm]?ts$)|\.(?:service|util|helper|dto)\.ts$/;

/** A name says what a thing is for; these say only that it is a thing. */
export const plainNames = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      name: '"{{name}}" says nothing about what it is for: name it after its purpose.',
      file: 'Name this file after what it holds.',
    },
  },
  create(context) {
    const check = (node) => {
      if (node.id && banned.test(node.id.name))
        context.report({ node: node.id, messageId: 'name', data: { name: node.id.name } });
    };
    return {
      Program: (node) =>
        bannedFile.test(context.filename.replaceAll('\\', '/').slice(context.cwd.length + 1)) &&
        context.report({ node, messageId: 'file' }),
      ClassDeclaration: check,
      TSInterfaceDeclaration: check,
      TSTypeAliasDeclaration: check,
    };
  },
};
