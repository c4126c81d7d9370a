import { useId, useState } from "react";
import type { Fact } from "../../api";
import { useText } from "../../i18n";
import { Entry } from "./Entry";
import type { Desk } from "./usePreparation";
import { grouped } from "./words";

interface Props {
  skills: readonly Fact[];
  desk: Desk;
  frozen: boolean;
  lang: string | undefined;
}

/** Skills as chips, under the labels of the CV. The chosen one opens below: source, correction, striking. */
export function Skills({ skills, desk, frozen, lang }: Props) {
  const words = useText().prepare;
  const [open, setOpen] = useState("");
  const id = useId();
  const chosen = skills.find((skill) => skill.key === open);
  const groups = grouped(skills, (skill) => skill.detail ?? "");
  return (
    <div>
      <p className="mb-2 text-sm text-soft">{words.skillHint}</p>
      <div className="grid gap-2">
        {groups.map(([group, members]) => (
          <div key={group}>
            {group && (
              <p lang={lang} className="text-sm text-soft">
                {group}
              </p>
            )}
            <ul className="flex flex-wrap gap-1.5">
              {members.map((skill) => (
                <li key={skill.key}>
                  <button
                    type="button"
                    lang={lang}
                    aria-expanded={open === skill.key}
                    aria-controls={id}
                    onClick={() => setOpen(open === skill.key ? "" : skill.key)}
                    className={`min-h-8 rounded-full border px-3 text-sm transition-colors hover:border-accent hover:text-accent aria-expanded:border-accent aria-expanded:bg-accent-wash ${
                      skill.struck
                        ? "border-dashed border-edge text-soft line-through decoration-coral"
                        : "border-edge/60 bg-sheet"
                    }`}
                  >
                    {skill.text}
                    {skill.struck && <span className="sr-only"> ({words.struck})</span>}
                  </button>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
      <div id={id} className={chosen ? "mt-3 rounded-lg border border-line bg-sheet p-3" : ""}>
        {chosen && <Entry key={chosen.key} fact={chosen} desk={desk} frozen={frozen} lang={lang} />}
      </div>
    </div>
  );
}
