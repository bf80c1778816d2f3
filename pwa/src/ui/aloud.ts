/** Reading aloud, by voices that live on this phone: a voice from a server would be told what is read. */
import { signal } from "@preact/signals";
import { lang } from "../text/t.ts";

const voices = signal<readonly SpeechSynthesisVoice[]>([]);
/** True while something is read. */
export const reading = signal(false);

function synth(): SpeechSynthesis | null {
  return "speechSynthesis" in globalThis ? speechSynthesis : null;
}

/** Some browsers know their voices only after a while. */
export function listenForVoices(): void {
  const hear = () => {
    voices.value = synth()?.getVoices() ?? [];
  };
  hear();
  synth()?.addEventListener?.("voiceschanged", hear);
}

function voice(): SpeechSynthesisVoice | undefined {
  return voices.value.find((v) => v.localService && v.lang.toLowerCase().startsWith(lang()));
}

export function canRead(): boolean {
  return voice() !== undefined;
}

/** Starts only on a tap; a second tap stops it. */
export function readAloud(text: string): void {
  const own = voice();
  const engine = synth();
  if (!own || !engine) return;
  engine.cancel();
  if (reading.value) {
    reading.value = false;
    return;
  }
  const said = new SpeechSynthesisUtterance(text.replace(/\u00ad/g, ""));
  said.voice = own;
  said.lang = own.lang;
  said.onend = () => {
    reading.value = false;
  };
  said.onerror = said.onend;
  reading.value = true;
  engine.speak(said);
}

export function hush(): void {
  synth()?.cancel();
  reading.value = false;
}
