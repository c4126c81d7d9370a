import type { ReactNode } from "react";
import type { Fact, Preparation } from "../../api";
import { number, useLanguage } from "../../i18n";
import { Entry } from "./Entry";
import { Skills } from "./Skills";
import { Source } from "./Source";
import type { Desk } from "./usePreparation";
import { named } from "./words";

interface Props {
  made: Preparation;
  desk: Desk;
  frozen: boolean;
}

/** What was read in the CV, part by part. */
export function Understood({ made, desk, frozen }: Props) {
  const { language, text } = useLanguage();
  const words = text.prepare;
  const { cv } = made;
  if (!cv) return null;
  const lang = made.documents.find((paper) => paper.kind === "cv")?.language;
  const shared = { desk, frozen, lang };
  const heads = [cv.name, cv.title].filter((fact) => fact !== null);
  const entries = (facts: readonly Fact[], layout = "grid gap-3") => (
    <ul className={layout}>
      {facts.map((fact) => (
        <li key={fact.key}>
          <Entry fact={fact} {...shared} />
        </li>
      ))}
    </ul>
  );
  const bare = cv.roles.length + cv.projects.length + cv.education.length + cv.skills.length === 0;
  return (
    <div className="grid gap-6">
      <div>
        {!cv.name && <p className="text-soft">{words.unnamed}</p>}
        {entries(heads, "grid gap-x-6 gap-y-3 sm:grid-cols-2")}
        {cv.years !== null && (
          <p className="text-sm text-soft">
            {words.years(number(cv.years, language, cv.years < 10 ? 1 : 0))}
          </p>
        )}
      </div>
      {bare && <p>{words.nothing}</p>}
      <Part title={words.parts.roles} items={cv.roles}>
        {entries(cv.roles)}
      </Part>
      <Part title={words.parts.projects} items={cv.projects}>
        {entries(cv.projects)}
      </Part>
      <Part title={words.parts.education} items={cv.education}>
        {entries(cv.education)}
      </Part>
      <Part title={words.parts.skills} items={cv.skills}>
        <Skills skills={cv.skills} {...shared} />
      </Part>
      <Part title={words.parts.languages} items={cv.languages}>
        <ul className="grid gap-1">
          {cv.languages.map((fact) => (
            <li key={named(fact)} className="flex flex-wrap items-center gap-x-4">
              <span lang={lang}>{[fact.text, fact.detail].filter(Boolean).join(" · ")}</span>
              {fact.place && <Source places={[fact.place]} of={named(fact)} />}
            </li>
          ))}
        </ul>
      </Part>
    </div>
  );
}

function Part({ title, items, children }: { title: string; items: readonly Fact[]; children: ReactNode }) {
  if (items.length === 0) return null;
  return (
    <section className="border-t border-line pt-4">
      <h3 className="mb-2 text-lg">{title}</h3>
      {children}
    </section>
  );
}
