import { escapeHtml } from '../render-letter.js';
import type { CaughtMail } from './mail-catcher.js';

/** All that was caught, the newest first, on one page without scripts. */
export function caughtMailPage(mails: readonly CaughtMail[]): string {
  const list = mails.length === 0 ? '<p>Nothing was mailed since the desk started.</p>' : mails.map(entry).join('\n');
  return page(
    'Mail of this desk',
    `<h1>Mail of this desk</h1>
<p>Nothing leaves this machine: what Ledgerdesk mails is caught here, the last hundred mails, until the desk is stopped. Whoever can use
this machine can read them.</p>
${list}`,
  );
}

function entry({ id, at, from, to, subject, text }: CaughtMail): string {
  const html = `<a href="/dev/mail/${String(id)}">as HTML</a>`;
  return `<article><h2>${escapeHtml(subject)}</h2>
<p class="meta">To ${escapeHtml(to.join(', '))} · from ${escapeHtml(from)} · <time>${at}</time> · ${html}</p>
<pre>${linked(text)}</pre></article>`;
}

/** Links can be followed; everything else is text. */
function linked(text: string): string {
  return text
    .split(/(https?:\/\/\S+)/)
    .map((part, index) => {
      const shown = escapeHtml(part);
      return index % 2 === 1 ? `<a href="${shown}">${shown}</a>` : shown;
    })
    .join('');
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${STYLE}</style></head><body><main>${body}</main></body></html>`;
}

const STYLE = `:root{color-scheme:light dark}body{margin:0;font:14px/1.5 system-ui,sans-serif}main{max-width:760px;margin:0 auto;padding:24px}
article{border:1px solid #8888;border-radius:6px;padding:12px 16px;margin:16px 0}h1{font-size:20px}h2{font-size:15px;margin:0}
.meta{margin:4px 0 8px;font-size:12px}pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:0;font:13px/1.5 ui-monospace,monospace}`;
