/** The question before a draft is thrown away. */
import type { ComponentChildren } from "preact";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/sheet.tsx";

/** `children`: what is lost. `onDrop` is called once this has closed. */
export function DropDraft(p: { children: ComponentChildren; onDrop: () => void; onClose: () => void }) {
  return (
    <Dialog title="Smid kladden væk?" onClose={p.onClose}>
      <p>{p.children}</p>
      <div class="btns">
        <Button
          look="danger"
          icon="trash"
          onClick={() => {
            p.onClose();
            p.onDrop();
          }}
        >
          Smid væk
        </Button>
        <Button look="quiet" onClick={p.onClose}>
          Behold kladden
        </Button>
      </div>
    </Dialog>
  );
}
