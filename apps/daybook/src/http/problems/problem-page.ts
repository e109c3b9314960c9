import { problemCodes, problemDefinitionOf, type ProblemCode } from './problem-registry.js';

/** The page that problem types point to: every code with its status, meaning and remedy. */
export function problemPage(codes: readonly ProblemCode[] = problemCodes): string {
  const sections = codes.map((code) => {
    const { status, text, remedy } = problemDefinitionOf(code);
    return `<section id="${code}"><h2><code>${code}</code> (${status})</h2>
<p>${escapeHtml(text)}</p><p>${escapeHtml(remedy)}</p></section>`;
  });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Problems</title></head>
<body><h1>Problems of the Daybook API</h1>
${sections.join('\n')}
</body></html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
