import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../text/t.ts";

/** A question with two answers, both safe. The browser's own dialog keeps the focus inside. */
export function Dialog(p: { title: string; onClose: () => void; children: ComponentChildren }) {
  const el = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = el.current;
    const before = document.activeElement;
    dialog?.showModal();
    return () => {
      dialog?.close();
      // The dialog goes with its screen's next drawing, too early for the browser to give the focus back by itself.
      // Who was sent elsewhere stays there; where the button is gone too, the heading is read.
      queueMicrotask(() => {
        const back = before?.isConnected ? before : document.querySelector("h1");
        if (document.activeElement === document.body) (back as HTMLElement | null)?.focus({ preventScroll: true });
      });
    };
  }, []);
  return (
    <dialog
      ref={el}
      class="dialog"
      aria-labelledby="dialog-title"
      onCancel={(e) => {
        e.preventDefault();
        p.onClose();
      }}
    >
      <h2 id="dialog-title">{p.title}</h2>
      {p.children}
    </dialog>
  );
}

interface Message {
  readonly words: string;
  readonly act?: { readonly words: string; readonly run: () => void };
}

const toast = signal<Message | null>(null);

/** Says something that also stands elsewhere. It stays until it is read or used, or the function that comes back is called. */
export function tell(words: string, act?: Message["act"]): () => void {
  const message = act ? { words, act } : { words };
  toast.value = message;
  return () => {
    if (toast.peek() === message) toast.value = null;
  };
}

/** Where toasts are shown: once, in the shell. */
export function Toasts({ children }: { children?: ComponentChildren }) {
  const message = toast.value;
  return (
    <div class="toasts" role="status">
      {children}
      {message && (
        <div class="toast">
          <span>{message.words}</span>
          <button
            type="button"
            onClick={() => {
              toast.value = null;
              message.act?.run();
            }}
          >
            {message.act?.words ?? t("close")}
          </button>
        </div>
      )}
    </div>
  );
}
