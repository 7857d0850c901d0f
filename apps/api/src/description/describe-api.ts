import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';
import { API_KEY_SCHEME } from '@ledgerdesk/auth';
import { exampleOf, problemDocument, publishedProblems } from '@ledgerdesk/http';

const DESCRIPTION = `The REST API of Ledgerdesk. Times are RFC 3339 UTC, ids are UUIDs, bodies are JSON in camelCase.

* **Errors** are \`application/problem+json\` (RFC 9457); decide by \`code\`, show \`detail\`.
* **Writing**: commands that set something need \`If-Match\` with the ETag that was read. A version that is behind is accepted
  when nothing that the command sets has changed since; otherwise the answer is 412 with both values.
* **Reading your writes**: a write answers with \`Ledger-Position\`; send it with the next read.
* **Repeating safely**: every POST takes an \`Idempotency-Key\`.
* **API keys** (\`ldk_live_…\`) are sent like access tokens, to the operations that name a scope.
* **Pages**: \`limit\` up to 100 and \`after\` with the cursor of the page before; \`Link\` holds the next address.`;

/** The OpenAPI 3.1 document of whatever the application serves. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Ledgerdesk')
    .setVersion('1')
    .setDescription(DESCRIPTION)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'bearer')
    .addSecurity(API_KEY_SCHEME, {
      type: 'http',
      scheme: 'bearer',
      description:
        'An API key (`ldk_live_…`) in the place of an access token. Each operation that takes one names the scope.',
    })
    .addSecurityRequirements('bearer')
    .build();
  const document = SwaggerModule.createDocument(app, config, { autoTagControllers: false });
  // A schema with an id comes as a definition and a reference to it.
  const { $defs } = z.toJSONSchema(problemDocument, { io: 'output' });
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, ...($defs as Record<string, Record<string, unknown>>) },
    examples: problemExamples(),
  };
  return document;
}

/** Each problem once; the answers of the operations refer to it by its code. */
function problemExamples(): Record<string, { summary: string; value: unknown }> {
  return Object.fromEntries(
    publishedProblems().map((problem) => [problem.code, { summary: problem.title, value: exampleOf(problem) }]),
  );
}
