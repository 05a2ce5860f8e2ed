/** What lies under a thing that is dragged over the page. */
type DropTarget = 'text-field' | 'file-field' | 'elsewhere';

/**
 * Whether a drop must do nothing. Without that, the browser leaves the page, and the call, to open the dropped file or link.
 *
 * @param types The `types` of the `DataTransfer`.
 */
export function isStrayDrop(types: readonly string[], target: DropTarget): boolean {
  if (target === 'elsewhere') return true;
  return types.includes('Files') && target === 'text-field';
}

/** Refuses such drops on all pages of this document. */
export function refuseStrayDrops(page: Document): void {
  const refuse = (event: DragEvent) => {
    const { dataTransfer } = event;
    if (dataTransfer === null || !isStrayDrop(dataTransfer.types, targetOf(event.target))) return;
    event.preventDefault();
    dataTransfer.dropEffect = 'none';
  };
  page.addEventListener('dragover', refuse);
  page.addEventListener('drop', refuse);
}

function targetOf(target: EventTarget | null): DropTarget {
  if (!(target instanceof Element)) return 'elsewhere';
  if (target.closest('input[type="file"]') !== null) return 'file-field';
  return target.closest('input, textarea, [contenteditable="true"]') === null ? 'elsewhere' : 'text-field';
}
