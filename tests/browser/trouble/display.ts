/** A screen that nobody sees: Firefox draws no map without one, and a window of WebKit's has to stand somewhere. */
import { Child, onPath } from "./child.ts";

export class Display {
  readonly #child: Child;
  readonly name: string;

  private constructor(child: Child, name: string) {
    this.#child = child;
    this.name = name;
  }

  static missing(): string | null {
    if (process.platform !== "linux") return null;
    return onPath("Xvfb") ? null : "Xvfb is not installed (apt-get install xvfb)";
  }

  /** The X server picks a number that is free, and tells it. */
  static async start(): Promise<Display> {
    const child = new Child("Xvfb", ["-displayfd", "3", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]);
    const [, number] = await child.says(/^(\d+)\n/m);
    return new Display(child, `:${number}`);
  }

  /** Asked kindly, it takes its lock and its socket along. */
  stop(): Promise<void> {
    return this.#child.stop();
  }
}
