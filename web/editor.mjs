// The editor of the pages: CodeMirror with what Python code needs, and no more.

import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import {
  HighlightStyle,
  bracketMatching,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView, drawSelection, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** The classes that the page's own listings have, so that an editor has their colors. */
const COLORS = HighlightStyle.define([
  { tag: tags.keyword, class: "k" },
  { tag: tags.operatorKeyword, class: "ow" },
  { tag: [tags.bool, tags.null], class: "kc" },
  { tag: tags.string, class: "s2" },
  { tag: tags.number, class: "mi" },
  { tag: [tags.operator, tags.updateOperator, tags.compareOperator], class: "o" },
  { tag: tags.comment, class: "c1" },
  { tag: tags.function(tags.definition(tags.variableName)), class: "nf" },
  { tag: tags.definition(tags.className), class: "nc" },
  { tag: tags.meta, class: "nd" },
]);

const LOOKS = EditorView.theme({
  "&": { backgroundColor: "var(--ground-code)", color: "var(--text)", fontSize: "inherit" },
  "&.cm-focused": { outline: "2px solid var(--link)", outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: "inherit", lineHeight: "inherit" },
  ".cm-content": { padding: "0.625rem 0", caretColor: "var(--text)" },
  ".cm-line": { padding: "0 0.875rem" },
  ".cm-cursor": { borderLeftColor: "var(--text)" },
  "&.cm-focused .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "var(--shade) !important",
  },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--line)" },
});

/**
 * Fill an element with an editor.
 *
 * @param {Element} host
 * @param {string} text
 * @param {object} options
 *   label: what the field is called; onChange: gets its text after each change;
 *   onRun: called at Ctrl+Enter, or Cmd+Enter.
 * @returns {{text, set, focus, destroy}}
 *
 * Tab indents, so Escape and then Tab leads on, which CodeMirror sees to.
 */
export function edit(host, text, { label, onChange = () => {}, onRun = () => {} }) {
  const run = () => {
    onRun();
    return true;
  };
  host.classList.add("highlight");
  const view = new EditorView({
    parent: host,
    state: EditorState.create({
      doc: text,
      extensions: [
        pythonLanguage,
        syntaxHighlighting(COLORS),
        LOOKS,
        history(),
        drawSelection(),
        bracketMatching(),
        indentOnInput(),
        indentUnit.of("    "),
        EditorView.contentAttributes.of({
          tabindex: "0", // it is a stop anyway; a checker of accessibility looks for this
          "aria-label": `${label}. To leave the field, press Escape, then Tab.`,
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange(update.state.doc.toString());
        }),
        keymap.of([
          { key: "Mod-Enter", run },
          { key: "Ctrl-Enter", run },
          indentWithTab,
          ...defaultKeymap,
          ...historyKeymap,
        ]),
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    set: (other) =>
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: other } }),
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}
