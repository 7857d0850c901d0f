import { Controller, Get, Header, Param, Res, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Public } from '@ledgerdesk/auth';
import { type Problem, problemOfCode, publishedProblems } from './problem.js';
import { styleNonce } from './security-headers.js';

/** The pages behind the `type` of every problem. */
@ApiExcludeController()
@Public()
@Controller({ path: 'problems', version: VERSION_NEUTRAL })
export class ProblemPageController {
  @Get()
  @Header('Content-Type', 'text/html; charset=utf-8')
  index(@Res({ passthrough: true }) response: Response): string {
    const rows = publishedProblems().map(
      ({ code, status, title }) =>
        `<tr><td><a href="/api/problems/${code}">${code}</a></td><td>${String(status)}</td><td>${escaped(title)}</td></tr>`,
    );
    return page(
      response,
      'Problems',
      `<table><tr><th>Code</th><th>Status</th><th>Meaning</th></tr>${rows.join('')}</table>`,
    );
  }

  @Get(':code')
  @Header('Content-Type', 'text/html; charset=utf-8')
  show(@Param('code') code: string, @Res({ passthrough: true }) response: Response): string {
    const problem = problemOfCode(code);
    const [title, content] = problem ? [problem.title, described(problem)] : ['A rule of the desk', unlisted(code)];
    return page(response, title, content);
  }
}

function described({ code, status, explanation }: Problem): string {
  return `<p><code>${code}</code>, HTTP status ${String(status)}</p><p>${escaped(explanation)}</p>`;
}

/** Every code has a page, also one that only its `detail` explains. */
function unlisted(code: string): string {
  return `<p><code>${escaped(code)}</code></p><p>The <code>detail</code> of the answer says which rule was broken.</p>`;
}

function page(response: Response, title: string, content: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)} · Ledgerdesk</title>
<style nonce="${styleNonce(response)}">body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:3rem auto;padding:0 1rem;color-scheme:light dark}
td,th{text-align:left;padding:.25rem 1rem .25rem 0;vertical-align:top}</style>
<h1>${escaped(title)}</h1>${content}<p><a href="/api/problems">All problems</a> · <a href="/api/docs">API</a></p></html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
