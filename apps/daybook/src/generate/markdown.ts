/** A table; cells may hold anything, since a bar would end a cell and a line break the row. */
export function table(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(headings), line(headings.map(() => '---')), ...rows.map(line)];
}

/** A page: its blocks, with an empty line between each two. */
export function page(...blocks: readonly (string | readonly string[])[]): string {
  return `${blocks.map((block) => (typeof block === 'string' ? block : block.join('\n'))).join('\n\n')}\n`;
}

export function code(text: string): string {
  return `\`${text}\``;
}
