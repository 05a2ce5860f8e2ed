/** What the script goes by. */
const PLAN = {
  /** The code of the page is late after this, and the page says so. */
  lateMs: 15_000,
  /** How often a file of the page is asked for again, with a longer pause each time. */
  retries: 3,
  firstPauseMs: 500,
  /**
   * The attributes of the root element which say that the code of the page runs, or that it did not come. The style sheet shows `PageLate` for
   * the latter.
   */
  runs: 'data-runs',
  late: 'data-late',
} as const;

/**
 * Runs at the beginning of each page, before its code. It asks again for scripts and style sheets that did not come. The code that waits for
 * them is notified of the outcome, or of the failure of the last attempt. A page whose code is late says so: without a part of its code it would
 * look as if it were loading for ever. It is text in the oldest JavaScript, as CALL_NEEDS_SCRIPT.
 */
export const PAGE_LOAD_SCRIPT = `(function (root, tries, plan) {
  function late() { if (!root.hasAttribute(plan.runs)) root.setAttribute(plan.late, ''); }
  function askAgain(old) {
    var again = document.createElement(old.tagName), i;
    for (i = 0; i < old.attributes.length; i++) again.setAttribute(old.attributes[i].name, old.attributes[i].value);
    again.nonce = old.nonce;
    answerFor(again, old, 'load');
    answerFor(again, old, 'error');
    if (old.parentNode) old.parentNode.replaceChild(again, old);
  }
  function answerFor(again, old, type) {
    again.addEventListener(type, function () {
      var event = document.createEvent('Event');
      event.initEvent(type, false, false);
      old.dispatchEvent(event);
    });
  }
  window.addEventListener('error', function (event) {
    var element = event.target, tag = element && element.tagName;
    if (tag !== 'SCRIPT' && (tag !== 'LINK' || element.rel !== 'stylesheet')) return;
    var file = element.src || element.href;
    tries[file] = (tries[file] || 0) + 1;
    if (tries[file] > plan.retries) return late();
    event.stopImmediatePropagation();
    setTimeout(function () { askAgain(element); }, plan.firstPauseMs * tries[file]);
  }, true);
  setTimeout(late, plan.lateMs);
})(document.documentElement, {}, ${JSON.stringify(PLAN)})`;

/** Called when the code of the page runs. */
export function pageRuns(): void {
  document.documentElement.setAttribute(PLAN.runs, '');
  document.documentElement.removeAttribute(PLAN.late);
}
