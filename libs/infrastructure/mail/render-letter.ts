import type { Letter } from './letters/letter.js';

/** A letter as it goes out. */
export interface RenderedLetter {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Lays a letter out, once as text and once as HTML with the same words. */
export function renderLetter(letter: Letter): RenderedLetter {
  return { subject: oneLine(letter.subject), text: asText(letter), html: asHtml(letter) };
}

/** Text of others as text of HTML, also inside of an attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** A header is one line: what would begin another one is a space. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

function asText({ paragraphs, action, smallPrint }: Letter): string {
  const link = action ? [`${action.label}:\n${action.link}`] : [];
  return `${[...paragraphs.map(oneLine), ...link, ...smallPrint.map(oneLine)].join('\n\n')}\n\n-- \nLedgerdesk\n`;
}

/** Inline styles and no images: what is left of a mail in any program. */
function asHtml({ language, subject, paragraphs, action, smallPrint }: Letter): string {
  const words = paragraphs.map((text) => `<p style="margin:0 0 16px">${escapeHtml(oneLine(text))}</p>`);
  const small = smallPrint.map(
    (text) => `<p style="margin:0 0 8px;font-size:13px;color:#5b6472">${escapeHtml(oneLine(text))}</p>`,
  );
  const button = action
    ? [
        `<p style="margin:0 0 16px"><a href="${escapeHtml(action.link)}" style="${BUTTON}">${escapeHtml(action.label)}</a></p>`,
        `<p style="margin:0 0 24px;font-size:13px;word-break:break-all">${escapeHtml(action.link)}</p>`,
      ]
    : [];
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(oneLine(subject))}</title></head>`,
    `<body style="margin:0;padding:24px;background:#f4f5f7"><div style="${PAPER}">`,
    ...words,
    ...button,
    ...small,
    '</div></body></html>',
  ].join('\n');
}

const PAPER =
  'max-width:560px;margin:0 auto;padding:24px;background:#ffffff;color:#1c2430;font:15px/1.5 Inter,Segoe UI,Helvetica,Arial,sans-serif;border-radius:6px';
const BUTTON =
  'display:inline-block;padding:10px 16px;background:#3f51b5;color:#ffffff;text-decoration:none;border-radius:6px';
