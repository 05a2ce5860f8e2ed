/** @typedef {{ type: string, value?: unknown, expression?: Node, consequent?: Node, alternate?: Node, left?: Node, right?: Node, operator?: string, callee?: Node, property?: Node, name?: unknown }} Node */

export const TEXT_ALONE =
  'Text beside another child needs an element of its own. A page that the browser translates has other nodes where ' +
  'React put the text, and React fails when it replaces the sibling, or leaves the old text.';

/**
 * The text among several children of a JSX element; undefined if there is none, or if it is the only child. Text in a
 * variable is not seen here.
 *
 * @param {readonly Node[]} children
 * @returns {Node | undefined}
 */
export function textBesideOthers(children) {
  const shown = children.filter((child) => !isLayout(child) && !isComment(child));
  return shown.length > 1 ? shown.find(isText) : undefined;
}

/** @param {Node} child */
function isLayout({ type, value }) {
  return type === 'JSXText' && String(value).trim() === '' && /\n|^$/.test(String(value));
}

/** @param {Node} child */
function isComment({ type, expression }) {
  return type === 'JSXExpressionContainer' && expression?.type === 'JSXEmptyExpression';
}

/**
 * @param {Node | undefined} node
 * @returns {boolean}
 */
function isText(node) {
  switch (node?.type) {
    case 'JSXText':
    case 'TemplateLiteral':
      return true;
    case 'Literal':
      return typeof node.value === 'string' || typeof node.value === 'number';
    case 'JSXExpressionContainer':
      return isText(node.expression);
    case 'ConditionalExpression':
      return isText(node.consequent) || isText(node.alternate);
    case 'LogicalExpression':
      return isText(node.left) || isText(node.right);
    case 'CallExpression':
      // `t('room.rejoin')`, `words.t('room.rejoin')`
      return (node.callee?.property ?? node.callee)?.name === 't';
    case 'BinaryExpression':
      return /^[+\-*/%]+$/.test(node.operator ?? '');
    default:
      return false;
  }
}
