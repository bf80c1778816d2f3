/** /desk/opsaetning/maal: how many places, by when, and how often they are to be seen. */
import type { Site } from "../../api/types.gen.ts";
import { LineField } from "../parts/field.tsx";
import { type GoalDraft, goalDraft, readGoal } from "./check.ts";
import { Head, SaveRow, useForm } from "./form.tsx";

export function GoalForm({ site }: { site: Site }) {
  const form = useForm<GoalDraft>("goal", goalDraft(site));
  const { value, wrongs } = form;
  const set = (part: Partial<GoalDraft>) => form.change({ ...value, ...part });
  const opened = !site.launch || site.launch.state === "open";
  return (
    <>
      <Head title="Målet">
        {opened ? "Hvor mange steder I vil have i brug." : "Kortet kan åbnes, når så mange steder er i brug."}
      </Head>
      <section class="panel frm" aria-label="Målet">
        <LineField
          path="goal/needed"
          label="Steder i brug, mindst"
          short
          mode="numeric"
          value={value.needed}
          wrongs={wrongs}
          onChange={(needed) => set({ needed })}
        />
        <LineField
          path="goal/by"
          label="Senest"
          hint="Lad den stå tom, hvis der ikke er en dag."
          type="date"
          short
          value={value.by}
          wrongs={wrongs}
          onChange={(by) => set({ by })}
        />
        <LineField
          path="goal/seen_months"
          label="Et sted skal være set inden for så mange måneder"
          hint="Ellers spørger oversigten, om stedet hviler."
          short
          mode="numeric"
          value={value.seen_months}
          wrongs={wrongs}
          onChange={(seen_months) => set({ seen_months })}
        />
        <SaveRow
          form={form}
          onSave={() =>
            form.save(readGoal, ({ needed, by, seen_months }) => ({
              // Whole, so that what is shown meanwhile is whole; the members that are sent as they stood change nothing.
              launch: { ...(site.launch ?? { state: "open", opened_on: null }), needed, by },
              seen_months,
            }))
          }
        />
      </section>
    </>
  );
}
