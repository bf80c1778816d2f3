/** The last lines of a run: what fell, a line each, so that the end of a long log says it. */
import type { Reporter, TestModule } from "vitest/node";

export default class Last implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    for (const module of modules)
      for (const test of module.children.allTests("failed"))
        console.log(
          `fell: ${module.moduleId.split("/").at(-1)} > ${test.fullName}: ${first(test.result().errors?.[0])}`,
        );
  }
}

const first = (error: { readonly message: string } | undefined): string => error?.message.split("\n")[0] ?? "";
