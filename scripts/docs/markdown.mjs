/**
 * Formats a text as code, also inside of a table.
 *
 * @param {string} text
 */
export function code(text) {
  return '`' + text.replaceAll('|', '\\|') + '`';
}

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly unknown[])[]} rows
 */
export function table(head, rows) {
  /** @param {readonly unknown[]} cells */
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
