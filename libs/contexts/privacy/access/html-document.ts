import type { TimelineEntry } from '@ledgerdesk/tickets';
import type { AccessHead } from './access-head.js';
import type { CustomerHistoryEntry, PersonData, TicketPart } from './person-data.js';

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
h2{margin-top:2.5rem}dt{font-weight:600}dd{margin:0 0 .5rem}li{margin:.75rem 0}pre{white-space:pre-wrap;font:inherit;margin:.25rem 0}
small{opacity:.75}`;

/** A copy that people can read and print (GDPR article 12: intelligible). Everything in it is text; nothing is loaded or run. */
export async function* htmlDocument(
  head: AccessHead,
  { customer, history, tickets }: PersonData,
): AsyncGenerator<string> {
  const title = `Personal data held by ${head.workspace}`;
  yield `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${safe(title)}</title><style>${STYLE}</style></head><body><h1>${safe(title)}</h1>
<p>Everything that is held about one person, as of ${safe(head.exportedAt)}.</p>
<dl><dt>Name</dt><dd>${safe(customer?.name ?? '–')}</dd>
<dt>Addresses</dt><dd>${safe(customer?.addresses.flatMap(({ address }) => address ?? []).join(', ') ?? '')}</dd>
<dt>Id</dt><dd>${safe(head.customerId)}</dd></dl>
<h2>History</h2><ol>${history.map(historyItem).join('')}</ol>`;
  let count = 0;
  for await (const part of tickets) {
    yield ticketSection(part);
    count += 1;
  }
  yield `<hr><p>This copy is complete: ${String(count)} tickets.</p></body></html>\n`;
}

function historyItem({ type, at, actor, cause, data }: CustomerHistoryEntry): string {
  return `<li><strong>${safe(type)}</strong> <small>${safe(at)} · ${safe(actor)} · ${safe(cause)}</small>
<pre dir="auto">${safe(JSON.stringify(data, null, 1))}</pre></li>`;
}

function ticketSection({ ticket, entries }: TicketPart): string {
  const name = ticket ? `#${String(ticket.number)} ${ticket.subject ?? ''}` : 'A ticket';
  const about = ticket ? `${ticket.status} · ${ticket.openedAt}` : '';
  return `<section><h2 dir="auto">${safe(name)}</h2><p><small>${safe(about)}</small></p>
<ol>${entries.map(entryItem).join('')}</ol></section>`;
}

function entryItem({ type, at, actor, cause, text, handoff, changes }: TimelineEntry): string {
  const written = [text, handoff?.done, handoff?.next, handoff?.watch].filter((part) => typeof part === 'string');
  const said = [...written, ...changes.map(({ field, to }) => `${field}: ${to === null ? '–' : String(to)}`)];
  return `<li><strong>${safe(type)}</strong> <small>${safe(at)} · ${safe(actor)} · ${safe(cause)}</small>
${said.map((part) => `<pre dir="auto">${safe(part)}</pre>`).join('')}</li>`;
}

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function safe(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign);
}
