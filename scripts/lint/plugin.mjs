// The rules of our own for oxlint.
import { browserSupport } from './browser-support.mjs';
import { importProblem, placeProblem } from './import-problem.mjs';
import { literalWords } from './literal-words.mjs';
import { logicalClasses } from './logical-classes.mjs';
import { TEXT_ALONE, textBesideOthers } from './text-alone.mjs';

/** @typedef {{ type: string, value?: unknown }} Source */
/** @typedef {{ source: Source | null, importKind?: string, exportKind?: string }} ImportNode */

const importTable = {
  /** @param {{ filename: string, report: (problem: { message: string, node: object }) => void }} context */
  create(context) {
    /** @param {ImportNode} node */
    const check = (node) => {
      if (!node.source || typeof node.source.value !== 'string') return;
      const isType = node.importKind === 'type' || node.exportKind === 'type';
      const message = importProblem(context.filename, { specifier: node.source.value, isType });
      if (message) context.report({ message, node: node.source });
    };
    return {
      Program: (/** @type {any} */ node) => {
        const message = placeProblem(context.filename);
        if (message) context.report({ message, node });
      },
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
      // `typeof import('./a.ts')` in a type.
      TSImportType: (/** @type {ImportNode} */ node) => check({ ...node, importKind: 'type' }),
    };
  },
};

const textAlone = {
  /** @param {{ report: (problem: { message: string, node: object }) => void }} context */
  create(context) {
    /** @param {{ children: import('./text-alone.mjs').Node[] }} node */
    const check = ({ children }) => {
      const text = textBesideOthers(children);
      if (text) context.report({ message: TEXT_ALONE, node: text });
    };
    return { JSXElement: check, JSXFragment: check };
  },
};

export default {
  meta: { name: 'parley' },
  rules: {
    'import-table': importTable,
    'text-alone': textAlone,
    'browser-support': browserSupport,
    'words-in-catalogues': literalWords,
    'logical-classes': logicalClasses,
  },
};
